"""YAML as plain values: texts stay texts, nothing is made of tags, nothing grows."""

import pytest
import yaml

from reviewtui.dependencies import yaml_values
from reviewtui.dependencies.yaml_values import yaml_value
from tests.dependencies.samples import samples


@pytest.fixture(params=["c", "python"], autouse=True)
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both readers: the C library is not on every machine."""
    if request.param == "python":
        monkeypatch.setattr(yaml_values, "_LOADER", yaml.BaseLoader)
    elif not hasattr(yaml, "CBaseLoader"):
        pytest.skip("this PyYAML was built without the C library")


def test_every_scalar_is_the_text_that_is_written() -> None:
    text = "id: X-1\nversions:\n- 1.10\n- 1e3\n- '2'\n- 2019-09-12\nwithdrawn: null\nok: yes\nlong: |-\n  a\n  b\n"
    assert yaml_value(text) == {
        "id": "X-1",
        "versions": ["1.10", "1e3", "2", "2019-09-12"],
        "withdrawn": "null",
        "ok": "yes",
        "long": "a\nb",
    }


def test_it_reads_what_the_usual_reader_reads() -> None:
    for path in sorted(samples("osv", "pypa", "vulns").glob("*/*.yaml"))[::20]:
        text = path.read_text(encoding="utf-8")
        assert yaml_value(text) == yaml.load(text, Loader=yaml.BaseLoader)


def test_nothing_is_made_of_tags() -> None:
    assert yaml_value("a: !!python/object/apply:os.system ['x']\nb: !!int 1\n") == {"a": ["x"], "b": "1"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: &x [1]\nb: *x\n", "not usable: an alias in line 2; write out what it stands for"),
        ("a: 1\na: 2\n", "not usable: the key 'a' in line 2 is there twice"),
        ("[a]: 1\n", "not usable: a key in line 1 is no text"),
        ("a: 1\n---\nb: 2\n", "not usable: a second document begins in line 2"),
        ("", "not usable: there is nothing in it"),
        ("[" * 40 + "]" * 40, "not usable: nested too deeply in line 1"),
        ("[" + "a," * 200_000 + "]", "not usable: more than 200000 values"),
    ],
)
def test_what_could_do_harm_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        yaml_value(text)
    assert str(raised.value) == problem


@pytest.mark.parametrize("text", ["a: [1", "a: 'x", "\ta: 1", "a: \x01", "%YAML 9.9\n---\na", "[" * 5000, "- " * 5000])
def test_what_is_no_yaml_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not (YAML|usable)"):
        yaml_value(text)
