"""Outlines: of Python by its rules, of other languages by the look of their lines."""

import time

import pytest

from reviewtui.text.heads import Head, heads

JAVA = """\
package shop;
public class Cart<T> extends Base {
    private final List<Item> items;
    public Cart(List<Item> items) { this.items = items; }
    @Override
    public <R> Map<String, R> sum(Map<String, R> a, int b) throws IOException {
        if (a.isEmpty()) {
            return call(new Runnable() {
        }
        for (Item i : items) {
        }
    }
}
interface Payable {
"""
SCRIPT = """\
// function not()
import x from "y"
export default async function main(req, res) {
const find = async (id) => {
  let helper = x => x + 1
app.post('/login', limiter, (req, res) => {
router.get("/users/:id", show)
class Cart extends Base {
  constructor(items) {
  async total(tax = (a) => a) {
  if (x) {
"""
GO = "type Cart struct {\nfunc (c *Cart) Total(x int) (int, error) {\n\treturn 1\nfunc main() {\n"
RUST = "pub(crate) struct Cart<T> {\nimpl<T> Payable for Cart<T> {\n    pub async fn total(&self) -> u8 {\n"
C = "static int\nmain(int argc, char **argv) {\nchar *name(void) {\nint x = f(1);\n#define Y {\n"
RUBY = "module Shop\n  class Cart < Base\n    def self.total(x)\n    def empty?\n"
PHP = "<?php\nfinal class Cart {\n    public static function total(array $x): int {\n    }\n}\nfunction main() {}\n"


def said(path: str, text: str) -> list[str]:
    return [f"{h.line} {'  ' * h.level}{h.kind} {h.name}" for h in heads(path, text.split("\n"))]


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("a.py", "class A:\n    @b\n    def c(self):\n        pass\n", ["1 class A", "3   method c"]),
        (
            "A.java",
            JAVA,
            ["2 class Cart<T>", "4   method Cart", "6   method sum", "14 interface Payable"],
        ),
        (
            "a.ts",
            SCRIPT,
            [
                "3 function main",
                "4 function find",
                "5   function helper",
                "6 route POST /login",
                "7 route GET /users/:id",
                "8 class Cart",
                "9   method constructor",
                "10   method total",
            ],
        ),
        ("a.go", GO, ["2 function Total", "4 function main"]),
        ("a.rs", RUST, ["1 struct Cart<T>", "2 impl Payable for Cart<T>", "3   function total"]),
        ("a.c", C, ["2 function main", "3 function name"]),
        ("a.rb", RUBY, ["1 module Shop", "2   class Cart", "3     function self.total", "4     function empty?"]),
        ("a.php", PHP, ["2 class Cart", "3   function total", "6 function main"]),
        (
            "README.md",
            "# One\n```sh\n# not\n```\n### Three ##\n## Two\n",
            ["1 heading One", "5   heading Three", "6   heading Two"],
        ),
        (
            "a.html",
            '{% extends "b" %}\n<form action="/pay" method=post>\n  <h2>\n{% block body %}\n<script src=x.js>\n',
            ['1 extends "b"', "2 form /pay", "3   h2 <h2>", "4 block body", "5 script x.js"],
        ),
        ("a.toml", "[tool.x]\na = [1]\n[[y]] # z\n", ["1 section tool.x", "3 section y"]),
        (
            "a.yml",
            "on: push\njobs:\n  test:\n    steps:\n      - run: x\n",
            ["1 key on", "2 key jobs", "3   key test", "4     key steps"],
        ),
        (
            "a.sql",
            "create table if not exists users (\n  id int\n);\nCREATE OR REPLACE VIEW v AS\n",
            ["1 table users", "4 view v"],
        ),
        ("a.css", "a:hover, b { x: y }\n  color: red;\n@media print {\n", ["1 rule a:hover, b", "3 rule @media print"]),
        ("Makefile", "all: x\n\techo: y\nX := 1\n.PHONY: all\n", ["1 target all", "4 target .PHONY"]),
        ("notes.txt", "if (x) {\nreturn f(x) {\none (two)\n", []),
        ("empty.js", "", []),
    ],
)
def test_outlines(path: str, text: str, found: list[str]) -> None:
    assert said(path, text) == found


@pytest.mark.parametrize("path", ["a.js", "a.md", "a.html", "a.toml", "a.yml", "a.sql", "a.css", "Makefile"])
def test_a_hostile_text_costs_time_in_proportion(path: str) -> None:
    lines = [
        "(" * 400,
        "a " * 200,
        "a." * 200 + "(",
        "[" * 400,
        "{% block " + " " * 400,
        "<form " * 100,
        "#" * 400,
    ] * 300
    lines += ["x" * 5_000_000, "a (" + "()" * 200, "public " * 60, "create " + "  " * 300, "`" * 400, "a:" * 200]
    begun = time.process_time()
    assert len(heads(path, lines)) < 4000
    assert time.process_time() - begun < 5


def test_a_list_without_end_is_cut() -> None:
    assert len(heads("a.go", ["func x() {"] * 30_000)) == 20_000


def test_lines_of_another_look_are_as_they_are() -> None:
    assert heads("x.js", ["\x1b[2J", "function \u202ename() {", "\tfunction [red]() {", "\ufeff"]) == []
    assert heads("x.js", ["\tfunction a() {"]) == [Head(1, 0, "function", "a")]
