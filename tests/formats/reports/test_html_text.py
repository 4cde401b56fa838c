"""Descriptions in HTML as plain text, whatever is in them."""

import time

import pytest

from reviewtui.formats.sonarqube.html_text import text_of_html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plain  words ", "plain  words"),
        ("<p>One\n  two</p><p>three</p>", "One two\n\nthree"),
        ("<h2>Why</h2>\n<ul>\n<li>a</li>\n<li><b>b</b> c</li>\n</ul>\nend", "Why\n\n- a\n- b c\n\nend"),
        ("<pre>if a &lt; b:\n    pass   \n</pre>after", "if a < b:\n    pass\n\nafter"),
        ("a<br/>b<BR>c", "a\nb\nc"),
        ("<script>alert('</p>')</script>x<style>p {}</style>y<!-- <b> -->z<!DOCTYPE html>", "xyz"),
        ("x<!-- never closed <p>y", "x"),
        ("x<script>never closed</p>y", "x"),
        ("1 < 2 && 3 > 2 &amp;&amp; &eacute;&#233;&#xe9;&nbsp;&unknown;", "1 < 2 && 3 > 2 && ééé &unknown;"),
        ("&#" + "9" * 5_000 + ";&#x" + "f" * 5_000 + ";&#xd800;&#0;x", "\ufffd\ufffd\ufffd\ufffdx"),
        ("<a href='javascript:x'>link</a><img src=x onerror=y>", "link"),
        ("<", "<"),
        ("</", "</"),
        ("<p", "<p"),
        ("", ""),
    ],
)
def test_a_reader_sees_the_words(source: str, text: str) -> None:
    assert text_of_html(source) == text


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "</", "<!", "<!--", "<![CDATA[", "<?", "<a ", "<a x='", '<a x="', "<p>", "<pre>", "</pre>", "<script>"),
        *("&", "&#", "&#9", "&a", " ", "\n", " \n", "<pre> ", "-->", ">", "<li>", "<!-->", "<title>"),
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    begin = time.perf_counter()
    text_of_html("<pre>" + piece * (400_000 // len(piece)))
    text_of_html(piece * (400_000 // len(piece)) + "x>")
    assert time.perf_counter() - begin < 5
