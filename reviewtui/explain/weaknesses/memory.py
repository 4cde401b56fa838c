"""Weaknesses in the handling of memory: for Python, in extensions and in the libraries below."""

from typing import Final

from reviewtui.explain.explanation import Weakness

WEAKNESSES: Final = (
    Weakness(
        119,
        "Improper Restriction of Operations within the Bounds of a Memory Buffer",
        "A write or read leaves the memory that belongs to a buffer; the family of the numbers around it.",
        (
            "In a Python project: C extensions, `ctypes`, `cffi`, native libraries for images, fonts, video and "
            "archives, and their versions."
        ),
        "",
    ),
    Weakness(
        120,
        "Buffer Copy without Checking Size of Input ('Classic Buffer Overflow')",
        "Data is copied into a buffer without a look at its size.",
        (
            "`strcpy`, `memcpy`, `sprintf` in extensions; `ctypes.create_string_buffer` with a fixed size and "
            "foreign data."
        ),
        "",
    ),
    Weakness(
        121,
        "Stack-based Buffer Overflow",
        "The overflow hits a buffer on the stack, next to return addresses.",
        "Local arrays of C extensions that are filled from arguments or files.",
        "",
    ),
    Weakness(
        122,
        "Heap-based Buffer Overflow",
        "The overflow hits memory that was allocated on the heap.",
        "Sizes that are computed from input before `malloc` or `PyMem_Malloc`; decoders of images and fonts.",
        "",
    ),
    Weakness(
        125,
        "Out-of-bounds Read",
        "More is read than is there, which crashes the program or gives away what lies behind.",
        (
            "Lengths in files and packets that are believed; slices of a `memoryview` handed to C; "
            "`struct.unpack_from` itself does check."
        ),
        "",
    ),
    Weakness(
        190,
        "Integer Overflow or Wraparound",
        "A number grows beyond what its type holds and comes out small or negative.",
        (
            "Python's own integers do not; numpy types, `struct`, `ctypes`, C extensions and database columns do. "
            "Look where sizes are multiplied."
        ),
        "",
    ),
    Weakness(
        416,
        "Use After Free",
        "Memory is used after it was given back, and may belong to something else by then.",
        "Reference counts in C extensions, borrowed references, callbacks that outlive their object.",
        "",
    ),
    Weakness(
        476,
        "NULL Pointer Dereference",
        "Something that may be missing is used as if it were there. In Python: `AttributeError` on None.",
        "`first()`, `re.match`, `dict.get` and `find` without a check, in places where an exception does harm.",
        "A10",
    ),
    Weakness(
        787,
        "Out-of-bounds Write",
        "A write goes past the end of a buffer; the usual way from a decoder's bug to code execution.",
        "Versions of Pillow, OpenCV, lxml, ffmpeg and other wrapped libraries that read foreign files.",
        "",
    ),
)
