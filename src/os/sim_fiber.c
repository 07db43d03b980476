/* SPDX-License-Identifier: Apache-2.0 */
/* sim_fiber.c - stacks and the switch between them. On x86-64 and arm64 a few instructions of our own that save what
 * the calling convention says a callee must keep; elsewhere ucontext, which asks the kernel at every switch. Stacks are
 * mapped with a guard page below and kept for reuse: a run that starts a hundred fibers maps nothing the second time.
 *
 * ASan and TSan follow stacks by themselves unless told of each switch. */
#include "os/sim_internal.h"

#include <sys/mman.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SIM_ASAN 1
#endif
#if __has_feature(thread_sanitizer)
#define SIM_TSAN 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define SIM_ASAN 1
#endif
#ifdef __SANITIZE_THREAD__
#define SIM_TSAN 1
#endif
#ifdef SIM_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef SIM_TSAN
#include <sanitizer/tsan_interface.h>
#endif

SimStack *sim__stack_take(SimStack **spare, SimHeap *heap, size_t bytes)
{
    for (SimStack **link = spare; *link; link = &(*link)->next) {
        SimStack *stack = *link;
        if (stack->bytes != bytes) continue;
        *link = stack->next;
#ifdef SIM_ASAN
        ASAN_UNPOISON_MEMORY_REGION(stack->low,
                                    stack->bytes); /* frames of a fiber that was dropped */
#endif
        return stack;
    }
    char *memory = sim__pages_map(SIM_GUARD_BYTES + bytes, true);
    if (!memory) return NULL;
    if (mprotect(memory, SIM_GUARD_BYTES, PROT_NONE) != 0) {
        sim__pages_unmap(memory, SIM_GUARD_BYTES + bytes);
        return NULL;
    }
    SimStack *stack = sim__alloc(heap, sizeof(SimStack));
    stack->low = memory + SIM_GUARD_BYTES;
    stack->bytes = bytes;
    return stack;
}

void sim__stack_release_all(SimStack *stacks)
{
    for (SimStack *stack = stacks; stack; stack = stack->next) {
#ifdef SIM_ASAN
        ASAN_UNPOISON_MEMORY_REGION(stack->low, stack->bytes);
#endif
        munmap(stack->low - SIM_GUARD_BYTES, SIM_GUARD_BYTES + stack->bytes);
    }
}

#if defined(__x86_64__)
/* sim__swap(void **save, void *to): pushes what must be kept, stores the stack pointer, takes the other's, pops. A new
 * stack looks as if it had called sim__swap from sim__start with r12 = arg and r13 = entry. */
__asm__(".text\n"
        ".globl sim__swap\n"
        ".hidden sim__swap\n"
        ".type sim__swap, @function\n"
        "sim__swap:\n"
        "    pushq %rbp\n"
        "    pushq %rbx\n"
        "    pushq %r12\n"
        "    pushq %r13\n"
        "    pushq %r14\n"
        "    pushq %r15\n"
        "    subq $8, %rsp\n"
        "    stmxcsr (%rsp)\n"
        "    fnstcw 4(%rsp)\n"
        "    movq %rsp, (%rdi)\n"
        "    movq %rsi, %rsp\n"
        "    ldmxcsr (%rsp)\n"
        "    fldcw 4(%rsp)\n"
        "    addq $8, %rsp\n"
        "    popq %r15\n"
        "    popq %r14\n"
        "    popq %r13\n"
        "    popq %r12\n"
        "    popq %rbx\n"
        "    popq %rbp\n"
        "    ret\n"
        ".size sim__swap, .-sim__swap\n"
        ".globl sim__start\n"
        ".hidden sim__start\n"
        ".type sim__start, @function\n"
        "sim__start:\n"
        "    movq %r12, %rdi\n"
        "    xorl %ebp, %ebp\n"
        "    callq *%r13\n"
        "    ud2\n"
        ".size sim__start, .-sim__start\n");
void sim__swap(void **save, void *to);
void sim__start(void);

static void *place_new(SimStack *stack, void (*entry)(void *), void *arg)
{
    enum {
        CONTROL,
        R15,
        R14,
        R13,
        R12,
        RBX,
        RBP,
        RETURN,
        WORDS = 10
    }; /* two zero words end the chain of frames */
    uint64_t *words = (uint64_t *)(stack->low + stack->bytes) - WORDS;
    memset(words, 0, WORDS * sizeof *words);
    uint32_t mxcsr;
    uint16_t fpu_control;
    __asm__ volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(mxcsr), "=m"(fpu_control));
    words[CONTROL] = mxcsr | (uint64_t)fpu_control << 32;
    words[R13] = (uint64_t)(uintptr_t)entry;
    words[R12] = (uint64_t)(uintptr_t)arg;
    words[RETURN] = (uint64_t)(uintptr_t)sim__start;
    return words;
}
#elif defined(__aarch64__)
/* The same with arm64's callee-saved registers; a new stack starts in sim__start with x19 = arg and x20 = entry. */
__asm__(".text\n"
        ".globl sim__swap\n"
        ".hidden sim__swap\n"
        ".type sim__swap, %function\n"
        "sim__swap:\n"
        "    sub sp, sp, #176\n"
        "    stp x19, x20, [sp, #0]\n"
        "    stp x21, x22, [sp, #16]\n"
        "    stp x23, x24, [sp, #32]\n"
        "    stp x25, x26, [sp, #48]\n"
        "    stp x27, x28, [sp, #64]\n"
        "    stp x29, x30, [sp, #80]\n"
        "    stp d8, d9, [sp, #96]\n"
        "    stp d10, d11, [sp, #112]\n"
        "    stp d12, d13, [sp, #128]\n"
        "    stp d14, d15, [sp, #144]\n"
        "    mrs x9, fpcr\n"
        "    str x9, [sp, #160]\n"
        "    mov x9, sp\n"
        "    str x9, [x0]\n"
        "    mov sp, x1\n"
        "    ldr x9, [sp, #160]\n"
        "    msr fpcr, x9\n"
        "    ldp d14, d15, [sp, #144]\n"
        "    ldp d12, d13, [sp, #128]\n"
        "    ldp d10, d11, [sp, #112]\n"
        "    ldp d8, d9, [sp, #96]\n"
        "    ldp x29, x30, [sp, #80]\n"
        "    ldp x27, x28, [sp, #64]\n"
        "    ldp x25, x26, [sp, #48]\n"
        "    ldp x23, x24, [sp, #32]\n"
        "    ldp x21, x22, [sp, #16]\n"
        "    ldp x19, x20, [sp, #0]\n"
        "    add sp, sp, #176\n"
        "    ret\n"
        ".size sim__swap, .-sim__swap\n"
        ".globl sim__start\n"
        ".hidden sim__start\n"
        ".type sim__start, %function\n"
        "sim__start:\n"
        "    mov x0, x19\n"
        "    mov x29, xzr\n"
        "    blr x20\n"
        "    brk #1\n"
        ".size sim__start, .-sim__start\n");
void sim__swap(void **save, void *to);
void sim__start(void);

static void *place_new(SimStack *stack, void (*entry)(void *), void *arg)
{
    enum { X19 = 0, X20 = 1, X30 = 11, FPCR = 20, WORDS = 22 };
    uint64_t *words = (uint64_t *)(stack->low + stack->bytes) - WORDS;
    memset(words, 0, WORDS * sizeof *words);
    uint64_t fpcr;
    __asm__ volatile("mrs %0, fpcr" : "=r"(fpcr));
    words[X19] = (uint64_t)(uintptr_t)arg;
    words[X20] = (uint64_t)(uintptr_t)entry;
    words[X30] = (uint64_t)(uintptr_t)sim__start;
    words[FPCR] = fpcr;
    return words;
}
#else
#define SIM_UCONTEXT 1
#include <ucontext.h>

typedef struct Place {
    ucontext_t context;
    void (*entry)(void *arg);
    void *arg;
} Place;

/* makecontext passes ints only: the pointer comes in halves. */
static void place_start(unsigned high, unsigned low)
{
    Place *place = (Place *)(uintptr_t)((uint64_t)high << 32 | low);
    place->entry(place->arg);
}
#endif

void sim__context_init(SimContext *context, SimHeap *heap, SimStack *stack,
                       void (*entry)(void *arg), void *arg)
{
    *context = (SimContext){.stack_low = stack->low, .stack_bytes = stack->bytes};
#ifdef SIM_UCONTEXT
    Place *place = sim__alloc(heap, sizeof(Place));
    getcontext(&place->context);
    place->context.uc_stack = (stack_t){.ss_sp = stack->low, .ss_size = stack->bytes};
    place->entry = entry;
    place->arg = arg;
    uint64_t pointer = (uintptr_t)place;
    makecontext(&place->context, (void (*)(void))place_start, 2, (unsigned)(pointer >> 32),
                (unsigned)pointer);
    context->place = place;
#else
    (void)heap;
    context->place = place_new(stack, entry, arg);
#endif
#ifdef SIM_TSAN
    context->tsan_fiber = __tsan_create_fiber(0);
#endif
}

void sim__context_init_host(SimContext *context, SimHeap *heap)
{
    *context = (SimContext){0};
    (void)heap;
#ifdef SIM_UCONTEXT
    context->place = sim__alloc(heap, sizeof(Place));
#endif
#ifdef SIM_TSAN
    context->tsan_fiber = __tsan_get_current_fiber();
#endif
}

void sim__context_release(SimContext *context, SimHeap *heap)
{
    (void)heap;
#ifdef SIM_UCONTEXT
    sim__free(heap, context->place);
#endif
#ifdef SIM_TSAN
    if (context->tsan_fiber) __tsan_destroy_fiber(context->tsan_fiber);
#endif
    *context = (SimContext){0};
}

void sim__context_switch(SimContext *from, SimContext *to, bool ends)
{
    (void)ends;
#ifdef SIM_ASAN
    __sanitizer_start_switch_fiber(ends ? NULL : &from->fake_stack, to->stack_low, to->stack_bytes);
#endif
#ifdef SIM_TSAN
    __tsan_switch_to_fiber(to->tsan_fiber, 0);
#endif
#ifdef SIM_UCONTEXT
    swapcontext(&((Place *)from->place)->context, &((Place *)to->place)->context);
#else
    sim__swap(&from->place, to->place);
#endif
}

void sim__context_arrived(SimContext *here, SimContext *from)
{
    (void)here;
    (void)from;
#ifdef SIM_ASAN
    __sanitizer_finish_switch_fiber(here->fake_stack, &from->stack_low, &from->stack_bytes);
    here->fake_stack = NULL;
#endif
}
