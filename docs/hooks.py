"""Pages that the documentation generates from the code: ontology, fields, commands."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of the export formats into the navigation, under the reference."""
    listed = [f"reference/formats/{name}.md" for name, _ in _formats()]
    for part in config.nav or []:
        if "Reference" in part:
            part["Reference"].append({"The export formats": listed})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated reference pages."""
    for name, page in (("ontology", ontology()), ("fields", fields()), ("commands", commands())):
        files.append(File.generated(config, f"reference/{name}.md", content=page))
    for name, page in _formats():
        files.append(File.generated(config, f"reference/formats/{name}.md", content=page))
    return files


def _formats() -> Iterator[tuple[str, str]]:
    """The pages of the export formats; the module beside this one is no package's."""
    spec = spec_from_file_location("formats", Path(__file__).parent / "formats.py")
    if spec is None or spec.loader is None:
        raise ImportError("docs/formats.py is missing")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages()


def ontology() -> str:
    """One section per event type, as its YAML says it."""
    from sitrep.ontology.load import load_ontology

    loaded = load_ontology()
    lines = [
        "# The ontology",
        "",
        "Generated from `src/sitrep/ontology/data/`. Every example and counter-example below runs as a test.",
        "",
    ]
    by_parent: dict[str, list[Any]] = {}
    for kind in loaded.events.values():
        by_parent.setdefault(kind.parent, []).append(kind)
    for parent, kinds in by_parent.items():
        lines += [f"## {loaded.parents[parent].label}", "", loaded.parents[parent].definition, ""]
        for kind in kinds:
            cross = kind.crosswalk
            acled = f"{cross.acled.event_type} / {cross.acled.sub_event_type}" if cross.acled else "not coded"
            plover = " / ".join(filter(None, (cross.plover.event, cross.plover.mode))) if cross.plover else "not coded"
            lines += [
                f"### {kind.label} (`{kind.name}`)",
                "",
                kind.definition,
                "",
                (
                    f"Roles: {', '.join(f'`{role}`' for role in kind.roles)}. "
                    f"PLOVER {plover}; CAMEO {cross.cameo or 'not coded'}; ACLED {acled}; "
                    f"UCDP {'counts as armed force' if cross.ucdp else 'not armed force'}."
                ),
                "",
                *(f"- {example.text}" for example in kind.examples),
                *(f"- *not:* {example.text} ({example.why})" for example in kind.counter_examples),
                "",
            ]
    return "\n".join(lines)


def fields() -> str:
    """Every record and its fields, from the docstrings of the model."""
    import inspect

    from sitrep import model

    lines = ["# The fields of the record", "", "Generated from `src/sitrep/model/`.", ""]
    for name in sorted(model.__all__):
        kind = getattr(model, name)
        if inspect.isclass(kind) and issubclass(kind, model.Record) and kind is not model.Record:
            renamed = dict(zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True))
            lines += [f"## {name}", "", inspect.cleandoc(kind.__doc__ or ""), ""]
            lines += ["Fields: " + ", ".join(f"`{renamed[field]}`" for field in kind.__struct_fields__) + ".", ""]
    return "\n".join(lines)


def commands() -> str:
    """Every command with its help text."""
    import click

    from sitrep.cli import main

    lines = ["# The commands", "", "Generated from `sitrep --help`.", ""]

    def describe(command: click.Command, path: str) -> None:
        context = click.Context(command, info_name=path)
        lines.extend([f"## `{path}`", "", "```text", command.get_help(context), "```", ""])
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                if inner is not None:
                    describe(inner, f"{path} {name}")

    describe(main, "sitrep")
    return "\n".join(lines)
