/* SPDX-License-Identifier: Apache-2.0 */
/* settings_file.c - the reader of postgresql.conf.
 *
 *     line     name [=] value [# comment]  |  include 'file'  |  include_if_exists 'file'  |  include_dir 'folder'
 *     name     identifier { . identifier }
 *     value    'text with '' or \' and \n, \t, \101 escapes'  |  word or number with unit, without spaces
 *
 * A wrong line is noted and the reading goes on with the next, up to a number of errors. Relative names of included
 * files start at the folder of the file that includes them. */
#include "session/settings_file.h"

#include "base/task.h"
#include "os/file.h"

enum { ERRORS_MAX = 100 };

typedef struct Reader {
    SettingsFile *into;
    Str path, text;
    size_t at;
    int line, depth;
    bool good;
} Reader;

static bool read_file(SettingsFile *into, Str path, bool optional, int depth, Str from,
                      int from_line);

static void add_error(SettingsFile *f, Str file, int line, Str message)
{
    if (f->error_count >= ERRORS_MAX) return;
    if (f->error_count == f->error_capacity) {
        uint32_t capacity = MAX(8, 2 * f->error_capacity);
        f->errors = arena_grow(f->arena, f->errors, f->error_count * sizeof *f->errors,
                               capacity * sizeof *f->errors);
        f->error_capacity = capacity;
    }
    f->errors[f->error_count++] = (SettingsFileError){file, message, line};
}

static void add_assignment(SettingsFile *f, SettingAssignment assignment)
{
    if (f->count == f->capacity) {
        uint32_t capacity = MAX(64, 2 * f->capacity);
        f->assignments = arena_grow(f->arena, f->assignments, f->count * sizeof *f->assignments,
                                    capacity * sizeof *f->assignments);
        f->capacity = capacity;
    }
    f->assignments[f->count++] = assignment;
}

/* ---- words of a line */

static char peek(const Reader *r)
{
    return r->at < r->text.bytes ? r->text.data[r->at] : '\n';
}

static void skip_spaces(Reader *r)
{
    while (r->at < r->text.bytes && (peek(r) == ' ' || peek(r) == '\t' || peek(r) == '\r')) r->at++;
    if (peek(r) == '#')
        while (peek(r) != '\n') r->at++;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (uint8_t)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static Str read_name(Reader *r)
{
    size_t from = r->at;
    if (!is_letter(peek(r))) return (Str){0};
    while (is_letter(peek(r)) || is_digit(peek(r)) || peek(r) == '$' || peek(r) == '.') r->at++;
    return str_slice(r->text, from, r->at);
}

/* An escape behind a backslash, as C has them. */
static char read_escape(Reader *r)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    char c = peek(r);
    if (c >= '0' && c <= '7') {
        int code = 0;
        for (int i = 0; i < 3 && peek(r) >= '0' && peek(r) <= '7'; i++, r->at++)
            code = code * 8 + (peek(r) - '0');
        return (char)code;
    }
    r->at++;
    const char *known = c ? strchr(from, c) : NULL;
    return known ? to[known - from] : c;
}

static bool read_quoted(Reader *r, Str *value)
{
    StrBuilder out = str_builder(r->into->arena, 32);
    for (r->at++; peek(r) != '\n';) {
        char c = r->text.data[r->at++];
        if (c == '\'') {
            if (peek(r) != '\'') {
                *value = str_done(&out);
                return true;
            }
            r->at++;
        } else if (c == '\\' && peek(r) != '\n') {
            c = read_escape(r);
        }
        str_add_char(&out, c);
    }
    return false;
}

static bool read_value(Reader *r, Str *value)
{
    size_t from = r->at;
    if (peek(r) == '\'') return read_quoted(r, value);
    while (is_letter(peek(r)) || is_digit(peek(r)) || memchr("-._:/+$", peek(r), 7)) r->at++;
    *value = str_slice(r->text, from, r->at);
    return r->at > from;
}

/* Where the syntax went wrong: by the word that stands there. */
static bool syntax_error(Reader *r)
{
    size_t from = r->at, to = r->at;
    while (to < r->text.bytes && !memchr(" \t\r\n", r->text.data[to], 4)) to++;
    Str message = STR("syntax error, near end of line");
    if (to > from)
        message = str_format(r->into->arena, "syntax error, near token \"%.*s\"",
                             STR_ARG(str_slice(r->text, from, to)));
    add_error(r->into, r->path, r->line, message);
    while (peek(r) != '\n') r->at++;
    return false;
}

/* ---- include */

static Str beside(const Reader *r, Str name)
{
    size_t slash = r->path.bytes;
    while (slash > 0 && r->path.data[slash - 1] != '/') slash--;
    if (name.bytes > 0 && name.data[0] == '/') return str_copy(r->into->arena, name);
    return str_concat(r->into->arena, str_slice(r->path, 0, slash), name);
}

static bool include_folder(Reader *r, Str folder)
{
    Str *names;
    uint32_t count;
    char *path = str_copy_zero(r->into->arena, folder);
    Status status = os_dir_list(r->into->arena, path, &names, &count);
    if (status != OK) {
        add_error(r->into, r->path, r->line,
                  str_format(r->into->arena, "could not open directory \"%s\": %s", path,
                             status_text(status)));
        return false;
    }
    bool good = true;
    for (uint32_t i = 0; i < count; i++) {
        if (names[i].data[0] == '.' || !str_ends(names[i], STR(".conf"))) continue;
        Str file = str_format(r->into->arena, "%s/%.*s", path, STR_ARG(names[i]));
        good = read_file(r->into, file, false, r->depth + 1, r->path, r->line) && good;
    }
    return good;
}

/* True when `name` is a directive, which was then followed. */
static bool follow_include(Reader *r, Str name, Str value)
{
    bool optional = str_equal_ascii_nocase(name, STR("include_if_exists"));
    bool folder = str_equal_ascii_nocase(name, STR("include_dir"));
    if (!optional && !folder && !str_equal_ascii_nocase(name, STR("include"))) return false;
    if (value.bytes == 0) {
        add_error(r->into, r->path, r->line,
                  folder ? STR("empty configuration directory name: \"\"")
                         : STR("empty configuration file name: \"\""));
        r->good = false;
        return true;
    }
    Str path = beside(r, value);
    bool good = folder ? include_folder(r, path)
                       : read_file(r->into, path, optional, r->depth + 1, r->path, r->line);
    r->good = r->good && good;
    return true;
}

/* ---- lines and files */

static bool read_line(Reader *r)
{
    Str value;
    skip_spaces(r);
    if (peek(r) == '\n') return true;
    Str name = read_name(r);
    if (name.bytes == 0) return syntax_error(r);
    skip_spaces(r);
    if (peek(r) == '=') r->at++;
    skip_spaces(r);
    size_t value_at = r->at;
    if (!read_value(r, &value)) {
        r->at = value_at;
        return syntax_error(r);
    }
    skip_spaces(r);
    if (peek(r) != '\n') return syntax_error(r);
    if (!follow_include(r, name, value))
        add_assignment(r->into, (SettingAssignment){str_copy(r->into->arena, name),
                                                    str_copy(r->into->arena, value),
                                                    SETTING_FROM_FILE, r->path, r->line});
    return true;
}

static bool parse_text(SettingsFile *into, Str text, Str path, int depth)
{
    Reader r = {into, path, text, 0, 1, depth, true};
    for (; r.at < text.bytes; r.at++, r.line++) {
        task_check();
        if (!read_line(&r)) r.good = false;
    }
    return r.good;
}

bool settings_file_parse(SettingsFile *into, Str text, Str path)
{
    return parse_text(into, text, path, 0);
}

static bool read_file(SettingsFile *into, Str path, bool optional, int depth, Str from,
                      int from_line)
{
    Str text, message;
    if (depth > SETTINGS_INCLUDE_DEPTH_MAX) {
        message =
            str_format(into->arena,
                       "could not open configuration file \"%.*s\": maximum nesting depth exceeded",
                       STR_ARG(path));
        add_error(into, from, from_line, message);
        return false;
    }
    Status status = os_file_read_all(into->arena, str_copy_zero(into->arena, path),
                                     SETTINGS_FILE_BYTES_MAX, &text);
    if (status == OK) return parse_text(into, text, path, depth);
    if (status == ST_NO_MEMORY) raise_status(status);
    if (status == ST_NOT_FOUND && optional) return true;
    const Error *error = error_current();
    Str why = error && status != ST_NOT_FOUND ? error->message : STR("No such file or directory");
    message = str_format(into->arena, "could not open configuration file \"%.*s\": %.*s",
                         STR_ARG(path), STR_ARG(why));
    add_error(into, from, from_line, message);
    return false;
}

bool settings_file_read(SettingsFile *into, Str path, bool optional)
{
    return read_file(into, path, optional, 0, path, 0);
}

Str settings_file_quote(Arena *arena, Str value)
{
    StrBuilder out = str_builder(arena, value.bytes + 2);
    str_add_char(&out, '\'');
    for (size_t i = 0; i < value.bytes; i++) {
        if (value.data[i] == '\'' || value.data[i] == '\\') str_add_char(&out, value.data[i]);
        str_add_char(&out, value.data[i]);
    }
    str_add_char(&out, '\'');
    return str_done(&out);
}
