# SPDX-License-Identifier: Apache-2.0
"""The table and the chart of what was measured: docs/benchmarks.md and docs/benchmarks.svg."""

import math
import statistics
from html import escape


def rows_of(results, servers):
    """One row for each figure: (name, figure, {server: median}, ratio of Tusk to the better of the others)."""
    rows = []
    for measure, samples in results:
        for figure in measure.figures:
            medians = {s.name: statistics.median(run[figure.key] for run in samples[s.name]) for s in servers if samples[s.name]}
            others = [value for name, value in medians.items() if name != "tusk"]
            ratio = None
            if "tusk" in medians and others:
                best = max(others) if figure.better == "more" else min(others)
                ratio = medians["tusk"] / best if best else None
            rows.append((measure.name, figure, medians, ratio))
    return rows


def shown(value):
    if value is None:
        return ""
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{min(digits, 3)}f}"


def verdict(figure, ratio):
    if ratio is None or figure.target is None:
        return ""
    met = ratio >= figure.target if figure.better == "more" else ratio <= figure.target
    sign = "at least" if figure.better == "more" else "at most"
    return f"{sign} {figure.target:.2f}: {'met' if met else 'missed'}"


def table(rows, servers):
    head = ["what", "unit", *(s.title for s in servers), "Tusk / best other", "wanted"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for name, figure, medians, ratio in rows:
        cells = [name, figure.unit, *(shown(medians.get(s.name)) for s in servers),
                 "" if ratio is None else f"{ratio:.2f}", verdict(figure, ratio)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def chart(rows):
    """Bars of how many times better than the best other server Tusk is, on a logarithmic axis; left of the middle it is worse."""
    bars = []
    for name, figure, _, ratio in rows:
        if ratio and ratio > 0:
            bars.append((f"{name}, {figure.unit}", ratio if figure.better == "more" else 1 / ratio))
    row, label, half = 18, 330, 240
    decades = max([1.0] + [abs(math.log10(times)) for _, times in bars])
    middle = label + half
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{label + 2 * half + 60}" height="{row * len(bars) + 40}" '
             f'font-family="sans-serif" font-size="11">',
             f'<text x="{middle}" y="14" text-anchor="middle">worse | better than the best other server</text>']
    for i, (text, times) in enumerate(bars):
        length = math.log10(times) / decades * half
        y = 24 + i * row
        left = min(middle, middle + length)
        color = "#2a7" if times >= 1 else "#c55"
        parts.append(f'<text x="{label - 6}" y="{y + 11}" text-anchor="end">{escape(text)}</text>')
        parts.append(f'<rect x="{left:.1f}" y="{y}" width="{abs(length):.1f}" height="{row - 4}" fill="{color}"/>')
        parts.append(f'<text x="{middle + max(length, 0) + 4:.1f}" y="{y + 11}">{times:.2f}x</text>')
    parts.append(f'<line x1="{middle}" y1="20" x2="{middle}" y2="{24 + row * len(bars)}" stroke="#444"/></svg>')
    return "\n".join(parts) + "\n"
