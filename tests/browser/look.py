"""What an eye would notice, asked of the page: parts that stick out, faint text, controls without a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser.axe import violations

if TYPE_CHECKING:
    from playwright.sync_api import Locator

STICKS_OUT = """(root) => {
    const edge = root.getBoundingClientRect();
    const scrolls = (element) => element !== root
        && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
    return [...root.querySelectorAll('*')].filter((element) => {
        const box = element.getBoundingClientRect();
        const beyond = box.right > edge.right + 1 || box.left < edge.left - 1;
        return element.checkVisibility() && box.width > 1 && beyond && !scrolls(element.parentElement);
    }).map((element) => element.outerHTML.slice(0, 120));
}"""

# Contrast as WCAG 2.2 defines it (1.4.3); 24 px, or 18.66 px bold, count as large and need 3 : 1.
FAINT = """(root) => {
    const brush = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const channels = (colours) => {
        brush.clearRect(0, 0, 1, 1);
        for (const colour of colours) { brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1); }
        return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => value / 255);
    };
    const luminance = (colours) => channels(colours)
        .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
    const grounds = (element) => element === null ? ['white']
        : [...grounds(element.parentElement), getComputedStyle(element).backgroundColor];
    const faint = (element) => {
        const style = getComputedStyle(element), behind = grounds(element), size = parseFloat(style.fontSize);
        const [dark, light] = [luminance(behind), luminance([...behind, style.color])].sort((a, b) => a - b);
        const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
        return (light + 0.05) / (dark + 0.05) < (large ? 3 : 4.5);
    };
    return [...root.querySelectorAll('*')].filter((element) => element.checkVisibility()
        && !element.closest('[disabled], [aria-disabled=true]')
        && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && faint(element)
    ).map((element) => element.outerHTML.slice(0, 120));
}"""

# The browser's own computation of accessible names; Chromium gives it to tests by this protocol only.
NAMELESS = re.compile(
    r"- '?(button|textbox|radio|checkbox|combobox|listbox|option|link|searchbox|spinbutton|tree|treeitem)"
    r"(?: \[|:|$)"
)
"""A control as the snapshot writes it where no name in quotes follows, but a state, a value or nothing."""


def flaws(form: Locator) -> list[str]:
    """Return what is wrong with the look of the form as it now stands."""
    return [
        *(f"sticks out: {part}" for part in form.evaluate(STICKS_OUT)),
        *(f"too faint: {part}" for part in form.evaluate(FAINT)),
        *(f"no name: {node}" for node in _nameless(form)),
        *(f"axe: {line}" for line in violations(form)),
    ]


def _nameless(form: Locator) -> list[str]:
    lines = [line.strip() for line in form.aria_snapshot().splitlines()]
    return [line for line in lines if NAMELESS.match(line)]
