"""One page for each export format, made from its code: options, columns, and every rule that its module states."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any, cast

# modules that hold the rules of formats that do not state all of theirs themselves
RULES = {
    "acled": ("_acled_rules", "_acled_actors", "_acled_figures"),
    "ged": ("_ged_rules",),
    "plover": ("_plover_rules",),
    "polecat": ("_plover_rules",),
    "cameo": ("_cameo_rules", "_plover_rules"),
    "muc": ("_muc_rules",),
}


def pages() -> Iterator[tuple[str, str]]:
    """Each format's name and page."""
    from sitrep.export import exporters, get_exporter

    for name in exporters():
        module = get_exporter(name)
        if isinstance(module, ModuleType):
            yield name, page(name, module)


def page(name: str, module: ModuleType) -> str:
    """A format's page."""
    from sitrep.export import formats

    found = next(one for one in formats() if one.name == name)
    lines = [f"# {found.label} (`{name}`)", "", inspect.cleandoc(module.__doc__ or ""), ""]
    lines += [f"Files end in `{found.suffix}`; their media type is `{found.media}`.", ""]
    if found.options:
        lines += ["| option | what it does | choices |", "| --- | --- | --- |"]
        for one in found.options:
            choices = ", ".join(f"`{choice}`" for choice in one.choices) or (
                "yes, no" if one.default is True else "text"
            )
            lines.append(f"| `--{one.flag}` | {one.help} | {choices} |")
        lines.append("")
    same = getattr(module, "same_rows", None)
    if same:
        lines += [f"Its rows and columns are those of [`{same}`]({same}.md).", ""]
    lines += columns(name, module)
    lines += reasons(name, module)
    return "\n".join(lines)


def columns(name: str, module: ModuleType) -> list[str]:
    """Each column with the rule that its cells state; `…` stands for what the report gives."""
    names = cast("tuple[str, ...] | None", getattr(module, "COLUMNS", None))
    if names is None:
        return []
    if name == "csv":
        from sitrep.export._sheets import sheets

        lines: list[str] = []
        for sheet in sheets().values():
            lines += [
                f"## Table `{sheet.name}`: {sheet.help}",
                "",
                "| column | kind | meaning |",
                "| --- | --- | --- |",
            ]
            lines += [f"| `{one.name}` | {one.kind} | {_cell(one.help)} |" for one in sheet.columns]
            lines.append("")
        return lines
    said = rules_of(module)
    lines = ["## Columns", "", "| column | rule |", "| --- | --- |"]
    lines += [f"| `{column}` | {_cell(said.get(column, 'see the rules below'))} |" for column in names]
    return [*lines, ""]


def rules_of(module: ModuleType) -> dict[str, str]:
    """For each column the rule in its `Cell(value, rule, ...)`, as the module's code words it."""
    tree = ast.parse(inspect.getsource(module))
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    texts: dict[str, list[str]] = {}
    calls: dict[str, ast.Call] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if words := _words(node.value):
                texts.setdefault(node.targets[0].id, []).append(words)
            if isinstance(node.value, ast.Call):
                calls[node.targets[0].id] = node.value

    def ruled(value: ast.expr) -> str | None:
        """The rule of a cell: its own words, those of a variable, or those of the function that makes the cell."""
        if isinstance(value, ast.Name) and value.id in calls:
            value = calls[value.id]
        if not isinstance(value, ast.Call):
            return None
        called = ast.unparse(value.func)
        if called == "Cell" and len(value.args) > 1:
            rule = value.args[1]
            return " / ".join(dict.fromkeys(texts.get(rule.id, ()))) if isinstance(rule, ast.Name) else _words(rule)
        if called in functions:
            inner = (ruled(node) for node in ast.walk(functions[called]) if isinstance(node, ast.Call))
            return " / ".join(dict.fromkeys(filter(None, inner)))
        return None

    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant | ast.JoinedStr) and (rule := ruled(value)):
                    for name in _names(key):
                        found.setdefault(name, rule)
    return found


def reasons(name: str, module: ModuleType) -> list[str]:
    """What the format leaves out, and the rules that fire, by the words in its code."""
    modules = [module, *(import_module(f"sitrep.export.{one}") for one in RULES.get(name, ()))]
    left: dict[str, None] = {}
    fired: dict[str, None] = {}
    for one in modules:
        for node in ast.walk(ast.parse(inspect.getsource(one))):
            if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and one is not module:
                fired |= dict.fromkeys(words for part in node.value.elts if " " in (words := _words(part) or ""))
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            if called == "left_out" and len(node.args) > 2 and (words := _words(node.args[2])):
                left[words] = None
            if called.endswith(("fired.append", "folded.append")) and node.args and (words := _words(node.args[0])):
                fired[words] = None
            if called == "Party" and len(node.args) > 2 and (words := _words(node.args[2])):
                fired[words] = None
    lines: list[str] = []
    for heading, found in (("Rules", fired), ("What has no row", left)):
        if found:
            lines += [f"## {heading}", "", *(f"- {words}" for words in found), ""]
    return lines


def _names(key: ast.expr) -> list[str]:
    """A key's text; `{side} Name` stands for both sides."""
    if isinstance(key, ast.Constant):
        return [str(key.value)]
    text = _words(key) or ""
    return [text.replace("…", side) for side in ("Actor", "Recipient", "Source", "Target")]


def _words(node: ast.expr) -> str | None:
    """A text as the code has it, with … for what is filled in; None where the code has none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(cast("Any", part).value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    if isinstance(node, ast.IfExp):
        return " / ".join(filter(None, (_words(node.body), _words(node.orelse)))) or None
    if isinstance(node, ast.BinOp):
        return "".join(filter(None, (_words(node.left) or "…", _words(node.right) or "…")))
    return None


def _cell(text: str) -> str:
    return textwrap.shorten(text, 400).replace("|", "\\|")
