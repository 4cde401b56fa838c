import ast
import codecs

import pytest

from reviewtui.text.source import HEX_LIMIT, SourceText, blob_id, column_of_byte, decode


def _lines_of_names(data: bytes) -> dict[str, int]:
    """Where CPython sees each name."""
    return {node.id: node.lineno for node in ast.walk(ast.parse(data)) if isinstance(node, ast.Name)}


def test_ordinary_text_is_lines_without_their_ends() -> None:
    assert decode(b"import os\n\nx = 1\n", "a.py") == SourceText(
        lines=("import os", "", "x = 1"),
        encoding="utf-8",
        codec_note="",
        newline="LF",
        has_bom=False,
        is_binary=False,
        blob="e6098c00b58082f8060c365a3c6f22827fdb64e7",
        size=17,
    )


def test_no_bytes_are_no_lines() -> None:
    empty = decode(b"", "a.py")
    assert (empty.lines, empty.newline, empty.is_binary, empty.size) == ((), "LF", False, 0)
    assert decode(b"\n").lines == ("",)
    assert decode(b"a").lines == ("a",)
    assert decode(b"a\n\n").lines == ("a", "")


def test_a_blob_has_the_id_that_git_gives_it() -> None:
    assert blob_id(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert blob_id(b"hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"


@pytest.mark.parametrize(
    ("data", "newline"),
    [
        (b"a\nb\n", "LF"),
        (b"a\r\nb\r\n", "CRLF"),
        (b"a\rb\r", "CR"),
        (b"a\r\nb\n", "mixed"),
        (b"a\rb\n", "mixed"),
        (b"a\r\r\nb", "mixed"),
    ],
)
def test_line_ends_are_told_apart(data: bytes, newline: str) -> None:
    text = decode(data)
    assert text.newline == newline
    assert text.lines[0] == "a"
    assert text.lines[-1] == "b"


@pytest.mark.parametrize(
    "data",
    [
        b"one\n\ntwo\r\nthree\rfour\r\rfive\n\rsix",
        b"# comment\rone\r# other\rtwo\r",
        b"one\n\x0ctwo\n\x0c\nthree",
        b"one # \x0b \x1c \x1d \x1e \xc2\x85 \xe2\x80\xa8 \xe2\x80\xa9 end\ntwo",
        b'one = "\xe2\x80\xa8"\ntwo',
        b'"""a\r\nb\rc\n"""\none',
        codecs.BOM_UTF8 + b"one\r\ntwo\r\n",
        codecs.BOM_UTF8 + b"# coding: utf-8\rone\rtwo\r",
        b"# coding: latin-1\n# caf\xe9 \x85 \xa0\none\n",
        b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n# \x85\none\n",
        b"# coding: utf-7\n# +AAo-one\n# +AA0-\ntwo\n",
        b"# coding: unicode_escape\n# \\u000aone\n# \\x41\ntwo\n",
        b"# coding: shift_jis\n# \x83\\\x82\xa0\none\n",
        b"# coding: utf-8-unix\n\none\n",
        b"\x0c\none\n",
        b"one\\\n\n\ntwo",
    ],
)
def test_lines_have_the_numbers_that_cpython_gives_them(data: bytes) -> None:
    lines = decode(data, "a.py").lines
    names = _lines_of_names(data)
    assert names
    for name, line in names.items():
        assert name in lines[line - 1]


def test_a_form_feed_or_u2028_does_not_end_a_line() -> None:
    assert decode("a\x0cb\x0bc\x1cd\x85e\u2028f\n".encode()).lines == ("a\x0cb\x0bc\x1cd\x85e\u2028f",)


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    text = decode(codecs.BOM_UTF8 + b"x = 1\r\ny = 2\r\n", "a.py")
    assert (text.lines, text.has_bom, text.newline, text.codec_note) == (("x = 1", "y = 2"), True, "CRLF", "")


def test_a_mark_and_a_cookie_that_disagree_are_told() -> None:
    text = decode(codecs.BOM_UTF8 + "# coding: latin-1\n# é\n".encode(), "a.py")
    assert text.lines == ("# coding: latin-1", "# é")
    assert text.codec_note == "its mark says UTF-8, its cookie latin-1: Python refuses it; read as UTF-8"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_with_its_mark_is_text(codec: str) -> None:
    text = decode("\ufeffa é 日本\r\nb\n".encode(codec), "a.txt")
    assert (text.lines, text.encoding, text.has_bom, text.is_binary) == (("a é 日本", "b"), codec, True, False)
    assert "do not read it as text" in text.codec_note


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_guessed_from_its_zero_bytes(codec: str) -> None:
    text = decode("def f(): pass\n".encode(codec), "a.py")
    assert (text.lines, text.encoding, text.has_bom) == (("def f(): pass",), codec, False)
    assert "guessed" in text.codec_note


def test_numbers_of_two_bytes_are_not_taken_for_wide_text() -> None:
    assert decode(bytes([1, 0, 2, 0, 3, 0]) * 100).is_binary
    assert decode(b"\xff\xfe" + bytes(range(256)) * 8).is_binary


def test_latin_1_with_a_cookie_is_ordinary() -> None:
    text = decode(b"# -*- coding: latin-1 -*-\ns = 'caf\xe9'\n", "a.py")
    assert (text.lines[1], text.encoding, text.codec_note) == ("s = 'café'", "latin-1", "")


def test_latin_1_without_a_cookie_says_so_and_where() -> None:
    text = decode(b"x = 1\r# caf\xe9\n", "a.py")
    assert (text.lines[1], text.encoding) == ("# café", "latin-1")
    assert text.codec_note == "no valid UTF-8 (first on line 2): read as Latin-1"


def test_a_cookie_counts_only_in_python_and_in_its_first_two_lines() -> None:
    cookie = b"# coding: cp1252\n\x80\n"
    assert decode(cookie, "a.py").encoding == "cp1252"
    assert decode(b"#!/usr/bin/env python3\n" + cookie, "bin/run").encoding == "cp1252"
    assert decode(b"\r" + cookie, "a.py").encoding == "cp1252"
    assert decode(cookie, "a.txt").encoding == "latin-1"
    assert decode(b"x = 1\n" + cookie, "a.py").encoding == "latin-1"
    assert decode(b"\n\n" + cookie, "a.py").encoding == "latin-1"
    assert decode(b"# " + b"x" * 10_000 + cookie, "a.py").encoding == "cp1252"


def test_a_cookie_hidden_behind_a_lone_cr_is_found_as_cpython_finds_it() -> None:
    data = b"# harmless\r# coding: utf-7\r# +AAo-one\n"
    assert decode(data, "a.py").lines == ("# harmless", "# coding: utf-7", "# ", "one")
    assert _lines_of_names(data) == {"one": 4}


@pytest.mark.parametrize(
    "codec", ["utf-7", "unicode_escape", "raw_unicode_escape", "hz", "iso2022_jp", "cp037", "idna"]
)
def test_a_codec_that_gives_plain_bytes_another_meaning_is_told(codec: str) -> None:
    text = decode(b"# coding: " + codec.encode() + b"\nx = 1\n", "a.py")
    assert "plain bytes mean other characters" in text.codec_note


@pytest.mark.parametrize(
    "codec", ["nonsense", "rot13", "zlib", "hex", "undefined", "aliases", "..", "utf-16", "x" * 5000]
)
def test_a_codec_that_cannot_be_used_is_told_and_replaced(codec: str) -> None:
    text = decode(b"# coding: " + codec.encode() + b"\nx = 1\n", "a.py")
    assert (text.lines[1], text.encoding) == ("x = 1", "utf-8")
    assert text.codec_note.startswith(f"its cookie names the codec {codec[:60]}, which cannot read it")


def test_a_codec_that_takes_hours_is_not_used() -> None:
    text = decode(b"# coding: punycode\n" + b"a" * 200_000, "a.py")
    assert (text.encoding, len(text.lines)) == ("utf-8", 2)


def test_half_characters_never_come_out_of_a_codec() -> None:
    text = decode(b"# coding: unicode_escape\nx = '\\ud800'\n", "a.py")
    assert text.lines[1] == "x = '\ufffd'"
    assert "half characters" in text.codec_note


def test_a_binary_is_a_hex_dump() -> None:
    text = decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01<x>", "a.png")
    assert text.is_binary
    assert (text.encoding, text.codec_note, text.size) == ("", "binary", 21)
    assert tuple(text.lines) == (
        "00000000  89 50 4e 47 0d 0a 1a 0a  00 00 00 0d 49 48 44 52  |.PNG........IHDR|",
        "00000010  00 01 3c 78 3e                                    |..<x>|",
    )


def test_a_large_binary_is_dumped_in_part_and_says_so() -> None:
    text = decode(bytes(HEX_LIMIT + 1))
    assert len(text.lines) == HEX_LIMIT // 16
    assert text.codec_note == "binary, the first 16,777,216 of 16,777,217 bytes"
    assert text.lines[-1] == f"00fffff0  {'00 ' * 8} {'00 ' * 8} |{'.' * 16}|"
    assert text.lines[2:3] == (text.lines[2],)
    assert "00000020" in text.lines[2]


def test_one_zero_byte_does_not_hide_a_long_text_in_a_dump() -> None:
    text = decode(b"<script>evil()</script>\n" * 100 + b"\0\n", "a.html")
    assert not text.is_binary
    assert text.lines[0] == "<script>evil()</script>"
    assert text.lines[-1] == "\0"
    assert text.codec_note == "1 zero bytes (NUL) in it"


@pytest.mark.parametrize("seed", range(20))
def test_no_bytes_whatever_raise(seed: int) -> None:
    data = bytes((seed * 31 + i * i * 7 + (i >> 3)) % 256 for i in range(2000))
    for start in (b"", b"# coding: utf-7\n", b"# coding: unicode_escape\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE):
        text = decode(start + data, "a.py")
        "\n".join(text.lines).encode()
        assert not any("\n" in line or "\r" in line for line in text.lines)


def test_a_byte_offset_becomes_a_column() -> None:
    line = "é日𝒜x"
    offsets = [len(line[:column].encode()) for column in range(len(line) + 1)]
    assert [column_of_byte(line, offset) for offset in offsets] == [0, 1, 2, 3, 4]
    assert column_of_byte(line, 1) == 0
    assert column_of_byte(line, 6) == 2
    assert column_of_byte(line, 99) == 4
    assert column_of_byte("plain", 99) == 5
    assert column_of_byte("plain", -1) == 0
    assert column_of_byte("", 3) == 0
    assert column_of_byte("\ud800x", 3) == 1


def test_columns_agree_with_those_of_ast() -> None:
    data = "s = 'é日本𝒜'; eval(s)\n".encode()
    call = next(node for node in ast.walk(ast.parse(data)) if isinstance(node, ast.Call))
    line = decode(data, "a.py").lines[0]
    assert line[column_of_byte(line, call.col_offset) :] == "eval(s)"
