"""axe-core, run in the page on one part of it: WCAG 2.2 at A and AA, and what axe calls best practice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator

SOURCE = Path(__file__).resolve().parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# A rule that is off unless asked for by name: targets of 24 px (2.5.8).
OPTIONS = {"runOnly": TAGS, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
RUN = """async (root, options) => {
    const { violations, passes } = await window.axe.run(root, options);
    return { violations, passed: passes.length };
}"""


def violations(root: Locator) -> list[str]:
    """Return what axe finds wrong inside an element, one line for each place: rule, impact, selector, why.

    Raises:
        AssertionError: no rule applied, so that nothing was looked at.
    """
    if not root.evaluate("() => 'axe' in window"):
        root.page.evaluate(SOURCE.read_text(encoding="utf-8"))
    found = root.evaluate(RUN, OPTIONS)
    assert found["passed"] or found["violations"], "axe looked at nothing"
    return [_line(rule, node) for rule in found["violations"] for node in rule["nodes"]]


def _line(rule: dict[str, Any], node: dict[str, Any]) -> str:
    summary = " ".join(node["failureSummary"].split())
    return f"{rule['id']} ({rule['impact']}) at {' '.join(map(str, node['target']))}: {summary}"
