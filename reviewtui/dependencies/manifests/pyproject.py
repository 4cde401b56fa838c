"""pyproject.toml: what the project, its extras, groups and build ask for, in the words of every common tool."""

from dataclasses import replace
from typing import Final

from reviewtui.dependencies.manifests.entries import Entries, Include
from reviewtui.dependencies.manifests.groups import add_groups
from reviewtui.dependencies.manifests.requirements_file import pip_editable
from reviewtui.dependencies.manifests.specifiers import UnreadableError
from reviewtui.dependencies.manifests.tables import SAYING, add_entry, by_poetry, place_of
from reviewtui.dependencies.manifests.toml_file import Node, toml_node
from reviewtui.dependencies.manifests.urls import without_secrets
from reviewtui.dependencies.manifests.wanted import normalised
from reviewtui.dependencies.requirement import Pin

BUILD: Final = "build"


def read_pyproject(data: bytes, entries: Entries) -> None:
    """Every package that the file names, wherever it does."""
    root = toml_node(data, entries)
    if root is None:
        return
    _texts(root.at("build-system", "requires"), (BUILD,))
    _project(root)
    add_groups(root.at("dependency-groups"))
    tool = root.at("tool")
    _uv(tool.at("uv"), entries)
    _poetry(tool.at("poetry"), entries)
    for group in tool.at("pdm", "dev-dependencies").items():
        _texts(group, (group.name,))
    for environment in tool.at("hatch", "envs").items():
        for key in ("dependencies", "extra-dependencies"):
            _texts(environment.at(key), (environment.name,))
    _texts(tool.at("flit", "metadata", "requires"), ())
    for extra in tool.at("flit", "metadata", "requires-extra").items():
        _texts(extra, (extra.name,))


def _project(root: Node) -> None:
    _texts(root.at("project", "dependencies"), ())
    for extra in root.at("project", "optional-dependencies").items():
        _texts(extra, (extra.name,))
    dynamic = root.at("tool", "setuptools", "dynamic")
    _includes(dynamic.at("dependencies"), ())
    for extra in dynamic.at("optional-dependencies").items():
        _includes(extra, (extra.name,))
    is_said = dynamic.at("dependencies") or root.at("tool", "poetry", "dependencies")
    for element in root.at("project", "dynamic").elements():
        if element.value == "dependencies" and not is_said:
            element.entries.problem(element.line, "the dependencies are computed when it is built: not known from here")


def _texts(node: Node, groups: tuple[str, ...], *, is_constraint: bool = False) -> None:
    for element in node.elements():
        if element.entries.is_full:
            return
        text = element.value
        if isinstance(text, str) and text.lstrip().startswith("-e "):
            try:
                element.entries.add(pip_editable(text.lstrip()[3:].strip()), element.line, groups=groups)
            except UnreadableError as error:
                element.entries.problem(element.line, str(error))
        else:
            element.entries.add_text(text, element.line, groups=groups, is_constraint=is_constraint)


def _includes(node: Node, groups: tuple[str, ...]) -> None:
    """Files of requirements that setuptools reads the dependencies from."""
    file = node.at("file")
    for element in [file] if isinstance(file.value, str) else file.elements():
        if target := element.text():
            element.entries.includes.append(Include(target, element.line, groups=groups))


def _uv(uv: Node, entries: Entries) -> None:
    _texts(uv.at("dev-dependencies"), ("dev",))
    _texts(uv.at("constraint-dependencies"), (), is_constraint=True)
    _texts(uv.at("override-dependencies"), (), is_constraint=True)
    _texts(uv.at("build-constraint-dependencies"), (BUILD,), is_constraint=True)
    places: dict[str, str] = {}
    for source in uv.at("sources").items():
        for choice in source.elements() if isinstance(source.value, list) else [source]:
            if choice.at("workspace").value is True:
                places[normalised(source.name)] = "."
            elif place := place_of(choice):
                places[normalised(source.name)] = place
    for number, found in enumerate(entries.requirements if places else ()):
        url = places.get(found.name, "")
        if url and found.groups != (BUILD,) and not found.is_constraint:
            entries.requirements[number] = replace(
                found, pin=Pin.DIRECT, version="", lowest="", url=without_secrets(url)
            )


def _poetry(poetry: Node, entries: Entries) -> None:
    extras: dict[str, tuple[str, ...]] = {}
    for extra in poetry.at("extras").items():
        for name in extra.texts():
            extras[normalised(name)] = (*extras.get(normalised(name), ()), extra.name)
    named = {found.name for found in entries.requirements if found.groups != (BUILD,)}
    tables = [(poetry.at("dependencies"), ()), (poetry.at("dev-dependencies"), ("dev",))]
    tables += [(group.at("dependencies"), (group.name,)) for group in poetry.at("group").items()]
    for table, groups in tables:
        for dependency in table.items():
            name = normalised(dependency.name)
            if name == "python" or (name in named and not groups and not _says_more(dependency)):
                continue
            add_entry(dependency, by_poetry, groups, extras.get(name, ()))


def _says_more(node: Node) -> bool:
    """Whether a dependency that the project names elsewhere says more of it here than which index it is from."""
    choices = node.value if isinstance(node.value, list) else [node.value]
    return any(not isinstance(choice, dict) or not choice.keys().isdisjoint(SAYING) for choice in choices)
