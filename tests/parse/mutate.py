#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Mutants of the corpus: statements with tokens dropped, swapped, doubled or replaced, their ends
exchanged within a page, or a word put where the scanner binds it to the one before, from a seed.

Most are wrong in a way nobody thought of, some are right: both ask the parser what the corpus
does not. As a program it prints N mutants with the witness's verdict."""

import argparse
import random
import re
import sys

import corpus

TOKEN = re.compile(
    r"""
      --[^\n]*
    | /\*.*?\*/
    | \$(?P<tag>[^\W\d]\w*)?\$.*?\$(?(tag)(?P=tag))\$
    | [eE]'(?:[^'\\]|\\.|'')*'
    | (?:[nNbBxX]|[uU]&)?'(?:[^']|'')*'
    | (?:[uU]&)?"(?:[^"]|"")*"
    | \$\d+
    | 0[xXoObB]\w+
    | (?:\d[\d_]*\.?(?!\.)[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?
    | [^\W\d][\w$]*
    | :: | := | => | \.\. | <= | >= | <> | !=
    | [-+*/<>=~!@\#%^&|`?]+
    | \s+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


def split_tokens(sql):
    """The tokens of a statement and the blanks around them: blanks[i] stands before tokens[i]."""
    tokens, blanks, blank = [], [], ""
    for m in TOKEN.finditer(sql):
        text = m.group()
        if text.isspace() or text.startswith(("--", "/*")):
            blank += text + ("\n" if text.startswith("--") else "")
        else:
            tokens.append(text)
            blanks.append(blank)
            blank = ""
    return tokens, blanks


def join_tokens(tokens, blanks):
    return "".join(b + t for b, t in zip(blanks, tokens)).strip()


# Words that are other tokens before these words.
BOUND = {"NOT": ("LIKE", "IN", "BETWEEN"), "NULLS": ("FIRST",), "WITH": ("TIME", "ORDINALITY"),
         "WITHOUT": ("TIME",), "FORMAT": ("JSON",)}


def bind(rng, tokens, blanks, at):
    """Binds the next word that may be bound, or puts a bound one in."""
    places = [i for i, token in enumerate(tokens) if token.upper() in BOUND]
    if places and rng.random() < 0.7:
        at = rng.choice(places)
        words = [rng.choice(BOUND[tokens[at].upper()])]
        at += 1
    else:
        word = rng.choice(sorted(BOUND))
        words = [word, rng.choice(BOUND[word])]
    tokens[at:at] = words
    blanks[at:at] = [" "] * len(words)
    if at + len(words) < len(blanks):
        blanks[at + len(words)] = blanks[at + len(words)] or " "


def change(rng, tokens, blanks, pool, other):
    """Changes the two lists in place by one mutation; `other`: those of a statement of the same page."""
    at = rng.randrange(len(tokens))
    kind = rng.choice(("drop", "swap", "double", "replace", "insert", "cut", "bind", "splice"))
    if kind == "drop" and len(tokens) > 1:
        del tokens[at], blanks[at]
    elif kind == "swap" and len(tokens) > 1:
        other = min(at + 1, len(tokens) - 1) if rng.random() < 0.7 else rng.randrange(len(tokens))
        tokens[at], tokens[other] = tokens[other], tokens[at]
    elif kind == "double":
        tokens.insert(at, tokens[at])
        blanks.insert(at + 1, " ")
    elif kind == "replace":
        tokens[at] = rng.choice(pool)
    elif kind == "insert":
        tokens.insert(at, rng.choice(pool))
        blanks.insert(at + 1, " ")
    elif kind == "cut" and len(tokens) > 2:
        del tokens[at + 1:], blanks[at + 1:]
    elif kind == "bind":
        bind(rng, tokens, blanks, at)
    elif kind == "splice" and other[0]:
        tail = rng.randrange(len(other[0]))
        tokens[at + 1:], blanks[at + 1:] = other[0][tail:], [" ", *other[1][tail + 1:]]


def mutants(entries, count, seed):
    """Yields `count` distinct (page name, mutant), none of which is an entry of the corpus.

    `entries` is a list of (page name, statement). Stops early when it runs dry."""
    rng = random.Random(seed)
    seen = {sql for name, sql in entries}
    split = {sql: split_tokens(sql) for name, sql in entries}
    pages = {}
    for name, sql in entries:
        pages.setdefault(name, []).append(sql)
    pool = sorted({token for tokens, blanks in split.values() for token in tokens if len(token) < 40})
    tries = 50 * count
    while count > 0 and tries > 0 and pool:
        tries -= 1
        name, sql = rng.choice(entries)
        tokens, blanks = (list(part) for part in split[sql])
        if not tokens:
            continue
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            change(rng, tokens, blanks, pool, split[rng.choice(pages[name])])
        mutant = join_tokens(tokens, blanks)
        if not mutant or mutant in seen:
            continue
        seen.add(mutant)
        count -= 1
        yield name, mutant


def corpus_mutants(pages, count, seed):
    entries = [(page.name, e.sql) for page in pages for e in page.entries if e.expected.ok]
    return mutants(entries, count, seed)


def main():
    from witness import Witness

    args = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    args.add_argument("pages", nargs="*")
    args.add_argument("-n", type=int, default=100, help="how many (default 100)")
    args.add_argument("--seed", type=int, default=1)
    args = args.parse_args()
    witness = Witness()
    for name, sql in corpus_mutants(corpus.load_pages(args.pages), args.n, args.seed):
        print(f"-- {witness.ask(sql)[0]}\n{sql}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
