#!/usr/bin/env python3
"""Writes the golden images for the tests of runtime and core.

    python3 tools/golden/images.py runtime/src/test/resources/golden/images

Made with Python 3.11, Pillow 13.0.0 and numpy 2.4.6. Neither the build nor the tests need any of
them.

decode.json holds small image files and the pixels that Pillow decodes from them: turned upright
(ImageOps.exif_transpose), composited on white where they are transparent, and converted to RGB. 16-bit
gray values are divided by 257, because Pillow would clip them. Files that Pillow cannot write are
assembled here from their parts; Pillow still decodes them. scale.json holds crops scaled by Pillow.
"""

import base64
import io
import json
import platform
import struct
import sys
import zlib

import numpy as np
import PIL
from PIL import Image, ImageOps

W, H = 13, 9


def color(width=W, height=H):
    y, x = np.mgrid[0:height, 0:width]
    planes = [x * 255 // max(1, width - 1), y * 255 // max(1, height - 1), (x * 40 + y * 25) % 256]
    return np.stack(planes, -1).astype(np.uint8)


def alpha(width=W, height=H):
    y, x = np.mgrid[0:height, 0:width]
    return ((x * 31 + y * 57) % 256).astype(np.uint8)


RGB = Image.fromarray(color())
RGBA = Image.fromarray(np.dstack([color(), alpha()]))
GREY = RGB.convert("L")
LA = Image.merge("LA", [GREY, Image.fromarray(alpha())])
CMYK = Image.merge("CMYK", [*RGB.split(), Image.fromarray(alpha() // 2)])
BILEVEL = Image.fromarray(((np.add.outer(np.arange(H) * 3, np.arange(W)) % 5) > 2))
WIDE = Image.fromarray((np.add.outer(np.arange(H) * 7000, np.arange(W) * 511) % 65536).astype(np.uint16))
PALETTE = RGB.quantize(16, dither=0)
SMOOTH = Image.fromarray(color(12, 8)).resize((29, 19), Image.BICUBIC)


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


# ---- PNG from its parts


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(depth, kind, rows, before=(), interlace=0, width=W, height=H):
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlace)
    parts = [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), *(chunk(*c) for c in before)]
    return b"".join([*parts, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")])


def packed(values, depth):
    """Rows of samples, each with the filter byte 0 in front."""
    out = b""
    for row in values:
        bits = "".join(format(int(v), f"0{depth}b") for v in np.ravel(row))
        bits += "0" * (-len(bits) % 8)
        out += b"\0" + bytes(int(bits[k : k + 8], 2) for k in range(0, len(bits), 8))
    return out


def adam7(values, depth):
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    return b"".join(packed(values[y::dy, x::dx], depth) for y, x, dy, dx in passes if values[y::dy, x::dx].size)


def levels(depth):
    return np.add.outer(np.arange(H) * 3, np.arange(W)) % (1 << depth)


def pngs():
    shades = {d: levels(d) for d in (1, 2, 4, 8)}
    grey16 = np.asarray(WIDE).astype(int)
    rgb16 = color().astype(int) * 257 // 3 + 77
    rgba16 = np.dstack([rgb16, alpha().astype(int) * 257])
    for depth, values in shades.items():
        yield f"grey{depth}", png(depth, 0, packed(values, depth))
        yield f"grey{depth}-interlaced", png(depth, 0, adam7(values, depth), interlace=1)
        if depth in (1, 8):  # Pillow looks for the key among scaled values
            key = struct.pack(">H", 1)
            yield f"grey{depth}-key", png(depth, 0, packed(values, depth), [(b"tRNS", key)])
        colors = bytes((37 * k + 11 * (k % 3)) % 256 for k in range(3 << depth))
        yield f"palette{depth}", png(depth, 3, packed(values, depth), [(b"PLTE", colors)])
        some = [(b"PLTE", colors), (b"tRNS", bytes([0, 128]))]
        yield f"palette{depth}-alpha", png(depth, 3, packed(values, depth), some)
    yield "grey16", png(16, 0, packed(grey16, 16))
    yield "rgb16", png(16, 2, packed(rgb16, 16))
    yield "rgba16", png(16, 6, packed(rgba16, 16))
    yield "rgba16-interlaced", png(16, 6, adam7(rgba16, 16), interlace=1)
    yield "la16", png(16, 4, packed(rgba16[..., 2:], 16))
    yield "rgb8", saved(RGB, "PNG")
    yield "rgb8-interlaced", png(8, 2, adam7(color(), 8), interlace=1)
    yield "rgb8-key", png(8, 2, packed(color(), 8), [(b"tRNS", struct.pack(">HHH", *map(int, color()[0, 0])))])
    yield "rgba8", saved(RGBA, "PNG")
    yield "la8", saved(LA, "PNG")
    yield "one-pixel", saved(Image.new("RGB", (1, 1), (1, 2, 3)), "PNG")


# ---- orientation


def exif(orientation):
    data = Image.Exif()
    data[274] = orientation
    return data.tobytes()


def turned():
    for k in range(1, 9):
        yield f"turned{k}.jpg", saved(SMOOTH, "JPEG", quality=95, exif=exif(k))
        yield f"turned{k}.png", saved(RGB, "PNG", exif=exif(k))
        yield f"turned{k}.webp", saved(RGB, "WEBP", lossless=True, exif=exif(k))
        yield f"turned{k}.tif", saved(RGB, "TIFF", tiffinfo={274: k})


# ---- JPEG


def jpegs():
    yield "baseline", saved(SMOOTH, "JPEG", quality=90)
    yield "progressive", saved(SMOOTH, "JPEG", quality=90, progressive=True)
    yield "full-color", saved(SMOOTH, "JPEG", quality=90, subsampling=0)
    yield "422", saved(SMOOTH, "JPEG", quality=90, subsampling=1)
    yield "rgb", saved(SMOOTH, "JPEG", quality=90, keep_rgb=True)
    yield "restarts", saved(SMOOTH, "JPEG", quality=90, restart_marker_rows=1)
    yield "grey", saved(SMOOTH.convert("L"), "JPEG", quality=90)
    yield "grey-progressive", saved(SMOOTH.convert("L"), "JPEG", quality=90, progressive=True)
    cmyk = saved(CMYK, "JPEG", quality=95)
    yield "cmyk", cmyk
    at = cmyk.index(b"Adobe")
    yield "ycck", cmyk[: at + 11] + b"\2" + cmyk[at + 12 :]
    yield "cmyk-no-adobe", cmyk[: at - 4] + cmyk[at + 12 :]
    yield "cmyk-progressive", saved(CMYK, "JPEG", quality=95, progressive=True)
    yield "garbage-behind", saved(SMOOTH, "JPEG", quality=90) + b"garbage"


# ---- WebP


def webps():
    yield "lossy", saved(SMOOTH, "WEBP", quality=80)
    yield "lossless", saved(RGB, "WEBP", lossless=True)
    yield "alpha", saved(RGBA, "WEBP", lossless=True, exact=True)
    yield "lossy-alpha", saved(RGBA, "WEBP", quality=80)
    frames = [Image.new("RGB", (W, H), (9, 200, 90)), RGB]
    yield "animated", saved(RGB, "WEBP", save_all=True, append_images=frames, lossless=True)
    clear = [Image.new("RGBA", (W, H), (9, 200, 90, 100))]
    yield "animated-alpha", saved(RGBA, "WEBP", save_all=True, append_images=clear, lossless=True)


# ---- BMP from its parts


def bmp(bits, rows, palette=b"", compression=0, top_down=False, masks=b"", size=40, width=W, height=H):
    header = struct.pack("<IiiHHIIiiII", 40, width, -height if top_down else height, 1, bits, compression, len(rows), 0, 0, len(palette) // 4, 0)
    if size > 40:
        header = struct.pack("<I", size) + header[4:] + masks + bytes(size - 40 - len(masks))
        masks = b""
    start = 14 + len(header) + len(masks) + len(palette)
    return struct.pack("<2sIHHI", b"BM", start + len(rows), 0, 0, start) + header + masks + palette + rows


def bmp_rows(values, bits):
    out = b""
    for row in values:
        text = "".join(format(int(v), f"0{bits}b") for v in row)
        text += "0" * (-len(text) % 32)
        out += bytes(int(text[k : k + 8], 2) for k in range(0, len(text), 8))
    return out


def bmps():
    palette = {b: bytes(v for k in range(1 << b) for v in ((k * 67) % 256, (k * 29) % 256, (k * 151) % 256, 0)) for b in (1, 4, 8)}
    for bits in (1, 4, 8):
        yield f"palette{bits}", bmp(bits, bmp_rows(levels(bits), bits), palette[bits])
    yield "rgb24", saved(RGB, "BMP")
    yield "grey8", saved(GREY, "BMP")
    yield "bilevel", saved(BILEVEL, "BMP")
    padded = b"".join(row.tobytes() + bytes(-3 * W % 4) for row in color()[..., ::-1])
    yield "rgb24-top-down", bmp(24, padded, top_down=True)
    r, g, b = (color()[..., k].astype(int) for k in range(3))
    words = lambda v: b"".join(row.tobytes() + bytes(-2 * W % 4) for row in v.astype("<u2"))
    yield "rgb555", bmp(16, words(r >> 3 << 10 | g >> 3 << 5 | b >> 3))
    fields = struct.pack("<III", 0xF800, 0x7E0, 0x1F)
    yield "rgb565", bmp(16, words(r >> 3 << 11 | g >> 2 << 5 | b >> 3), compression=3, masks=fields)
    longs = (r << 16 | g << 8 | b).astype("<u4").tobytes()
    yield "rgb32", bmp(32, longs)
    a = alpha().astype(int)
    clear = (a << 24 | r << 16 | g << 8 | b).astype("<u4").tobytes()
    fields = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    yield "rgba32", bmp(32, clear, compression=3, masks=fields, size=108)
    fields = struct.pack("<III", 0xFF000000, 0xFF0000, 0xFF00)
    yield "rgb32-fields", bmp(32, (r << 24 | g << 16 | b << 8).astype("<u4").tobytes(), compression=3, masks=fields)
    runs = b"\5\1\3\2\0\5\1\2\3\4\5\0\0\0" + b"\x0d\7\0\0" * (H - 2) + b"\x0d\3\0\0\0\1"
    yield "rle8", bmp(8, runs, palette[8], 1)
    runs = b"\5\x12\0\5\x34\x56\x70\0\3\x88\0\0" + b"\x0d\x7a\0\0" * (H - 1) + b"\0\1"
    yield "rle4", bmp(4, runs, palette[4], 2)
    jumps = b"\5\1\0\2\3\2\2\7\0\0" + b"\x0d\7\0\0" * (H - 3) + b"\0\1"
    yield "rle8-jumps", bmp(8, jumps, palette[8], 1)
    core = struct.pack("<IHHHH", 12, W, H, 1, 24)
    yield "os2", struct.pack("<2sIHHI", b"BM", 26 + len(padded), 0, 0, 26) + core + padded


# ---- GIF


def gifs():
    yield "plain", saved(PALETTE, "GIF", interlace=0)
    yield "interlaced", saved(PALETTE, "GIF", interlace=1)
    yield "grey", saved(GREY, "GIF")
    yield "transparent", saved(PALETTE, "GIF", transparency=3)
    yield "256-colors", saved(SMOOTH.quantize(256), "GIF")
    frames = [Image.new("RGB", (W, H), (9, 200, 90))]
    yield "animated", saved(PALETTE, "GIF", save_all=True, append_images=frames, duration=100)
    whole = saved(PALETTE, "GIF", interlace=0)
    canvas = whole[:6] + struct.pack("<HH", W + 5, H + 3) + whole[10:]
    yield "larger-canvas", canvas
    at = canvas.index(b"," + struct.pack("<HHHH", 0, 0, W, H))
    yield "offset-frame", canvas[: at + 1] + struct.pack("<HH", 3, 2) + canvas[at + 5 :]
    clear = saved(PALETTE, "GIF", transparency=3)
    clear = clear[:6] + struct.pack("<HH", W + 5, H + 3) + clear[10:]
    yield "larger-canvas-transparent", clear


# ---- TIFF


def tiff(entries, data, order="<"):
    """A TIFF file with one directory. The tag whose value is "data" points to the data."""
    at = 8 + 2 + 12 * len(entries) + 4
    extra = b""
    body = b""
    kinds = {"H": 3, "I": 4, "B": 1}
    for tag, kind, values in sorted(entries):
        values = [at + len(data) * 0 if v == "data" else v for v in values]
        raw = struct.pack(order + kind * len(values), *values)
        body += struct.pack(order + "HHI", tag, kinds[kind], len(values))
        if len(raw) <= 4:
            body += raw.ljust(4, b"\0")
        else:
            body += struct.pack(order + "I", at + len(data) + len(extra))
            extra += raw
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "I", 8) + struct.pack(order + "H", len(entries)) + body + bytes(4) + data + extra


def page(bits, samples, photometric, data, *more, compression=1, order="<"):
    own = [
        (256, "I", [W]), (257, "I", [H]), (258, "H", [bits] * samples), (259, "H", [compression]),
        (262, "H", [photometric]), (273, "I", ["data"]), (277, "H", [samples]), (278, "I", [H]), (279, "I", [len(data)]),
    ]
    return tiff(own + list(more), data, order)


def tile(values, width=16, height=16):
    out = np.zeros((height, width) + values.shape[2:], values.dtype)
    out[: values.shape[0], : values.shape[1]] = values
    return out.tobytes()


def bare(values, bits):
    return b"".join(packed([row], bits)[1:] for row in values)


def tiffs():
    for kind in (None, "tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits"):
        name = (kind or "none").replace("tiff_", "")
        yield f"rgb-{name}", saved(RGB, "TIFF", compression=kind)
        yield f"grey-{name}", saved(GREY, "TIFF", compression=kind)
        yield f"grey16-{name}", saved(WIDE, "TIFF", compression=kind)
        yield f"bilevel-{name}", saved(BILEVEL, "TIFF", compression=kind)
        yield f"palette-{name}", saved(PALETTE, "TIFF", compression=kind)
    yield "rgba", saved(RGBA, "TIFF")
    yield "la", saved(LA, "TIFF")
    yield "cmyk", saved(CMYK, "TIFF", compression="tiff_lzw")
    yield "jpeg", saved(SMOOTH, "TIFF", compression="jpeg", quality=90)
    yield "jpeg-grey", saved(SMOOTH.convert("L"), "TIFF", compression="jpeg", quality=90)
    for kind in ("group3", "group4", "tiff_ccitt"):
        yield f"fax-{kind}", saved(BILEVEL, "TIFF", compression=kind)
    yield "strips", saved(SMOOTH, "TIFF", compression="tiff_lzw", tiffinfo={278: 5})
    yield "predictor", saved(SMOOTH, "TIFF", compression="tiff_lzw", tiffinfo={317: 2})
    yield "predictor-deflate", saved(SMOOTH, "TIFF", compression="tiff_adobe_deflate", tiffinfo={317: 2})
    yield "predictor16", saved(WIDE, "TIFF", compression="tiff_lzw", tiffinfo={317: 2})
    yield "big-endian16", page(16, 1, 1, np.asarray(WIDE).astype(">u2").tobytes(), order=">")
    yield "rgb16", page(16, 3, 2, (color().astype("<u2") * 257).tobytes())
    yield "white-is-zero8", page(8, 1, 0, np.asarray(GREY).tobytes())
    yield "white-is-zero1", page(1, 1, 0, bare(levels(1), 1))
    yield "grey4", page(4, 1, 1, bare(levels(4), 4))
    yield "grey2", page(2, 1, 1, bare(levels(2), 2))
    colors = [(k * 4096 + 255 * (k % 2)) % 65536 for k in range(48)]
    yield "palette4", page(4, 1, 3, bare(levels(4), 4), (320, "H", colors))
    yield "fill-order", page(1, 1, 1, bytes(int(f"{v:08b}"[::-1], 2) for v in bare(levels(1), 1)), (266, "H", [2]))
    yield "rgbx", page(8, 4, 2, np.asarray(RGBA).tobytes(), (338, "H", [0]))
    multiplied = (color() * (alpha()[..., None] / 255.0)).astype(np.uint8)
    yield "rgba-multiplied", page(8, 4, 2, np.dstack([multiplied, alpha()]).tobytes(), (338, "H", [1]))
    planes = np.moveaxis(color(), -1, 0)
    n = W * H
    own = [
        (256, "I", [W]), (257, "I", [H]), (258, "H", [8, 8, 8]), (259, "H", [1]), (262, "H", [2]), (277, "H", [3]),
        (278, "I", [H]), (279, "I", [n, n, n]), (284, "H", [2]),
    ]
    start = 8 + 2 + 12 * 10 + 4
    yield "planar", tiff([*own, (273, "I", [start + k * n for k in range(3)])], planes.tobytes())
    own = [
        (256, "I", [W]), (257, "I", [H]), (258, "H", [8, 8, 8]), (259, "H", [1]), (262, "H", [2]), (277, "H", [3]),
        (322, "I", [16]), (323, "I", [16]), (324, "I", ["data"]), (325, "I", [768]),
    ]
    yield "tile", tiff(own, tile(color()))
    large = color(37, 21)
    tiles = [tile(large[y : y + 16, x : x + 16]) for y in (0, 16) for x in (0, 16, 32)]
    own = [
        (256, "I", [37]), (257, "I", [21]), (258, "H", [8, 8, 8]), (259, "H", [8]), (262, "H", [2]), (277, "H", [3]),
        (322, "I", [16]), (323, "I", [16]),
    ]
    packed_tiles = [zlib.compress(t) for t in tiles]
    start = 8 + 2 + 12 * 10 + 4
    offsets = [start + sum(map(len, packed_tiles[:k])) for k in range(6)]
    yield "tiles", tiff([*own, (324, "I", offsets), (325, "I", list(map(len, packed_tiles)))], b"".join(packed_tiles))
    yield "pages", saved(RGB, "TIFF", save_all=True, append_images=[GREY])


# ---- expectations


def expected(data):
    image = Image.open(io.BytesIO(data))
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I;16"):
        grey = np.asarray(image).astype(np.uint32)
        return np.stack([(grey + 128) // 257] * 3, -1).astype(np.uint8)
    if image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        clear = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(white, clear)
    return np.asarray(image.convert("RGB"))


def text(data):
    return base64.b64encode(data).decode()


def small(data):
    return text(zlib.compress(data, 9))


def case(name, data, pixels):
    """One file. Pixels that several files share are stored once."""
    rgb = expected(data)
    entry = {"height": rgb.shape[0], "width": rgb.shape[1], "rgb": small(rgb.tobytes())}
    if entry not in pixels:
        pixels.append(entry)
    return {"name": name, "file": small(data), "pixels": pixels.index(entry)}


def decodes(pixels):
    groups = {"jpg": jpegs(), "png": pngs(), "webp": webps(), "bmp": bmps(), "gif": gifs(), "tif": tiffs()}
    for kind, files in groups.items():
        for name, data in files:
            yield case(f"{name}.{kind}", data, pixels)
    for name, data in turned():
        yield case(name, data, pixels)


def scales():
    noise = np.random.RandomState(1).randint(0, 256, (24, 30, 3)).astype(np.uint8)
    source = Image.fromarray(noise)
    crops = [
        (0, 0, 30, 24, 12, 10), (3, 5, 23, 21, 11, 11), (10, 10, 20, 20, 19, 17), (0, 0, 30, 24, 30, 11),
        (7, 1, 8, 23, 4, 9), (0, 0, 30, 24, 3, 2), (11, 3, 29, 22, 13, 14),
    ]
    for left, top, right, bottom, width, height in crops:
        cropped = source.crop((left, top, right, bottom))
        one = {"crop": [top, left, bottom - top, right - left], "height": height, "width": width}
        for filter, name in ((Image.BILINEAR, "BILINEAR"), (Image.BICUBIC, "BICUBIC")):
            one[name] = text(cropped.resize((width, height), filter).tobytes())
            one[name + "-grey"] = text(cropped.convert("L").resize((width, height), filter).tobytes())
        yield one



def write(path, cases, **more):
    made = f"tools/golden/images.py, Python {platform.python_version()}, Pillow {PIL.__version__}, numpy {np.__version__}"
    with open(path, "w") as out:
        json.dump({"made": made, "cases": list(cases), **more}, out, separators=(",", ":"))
        out.write("\n")


if __name__ == "__main__":
    folder = sys.argv[1]
    pixels = []
    write(f"{folder}/decode.json", decodes(pixels), pixels=pixels)
    noise = np.random.RandomState(1).randint(0, 256, (24, 30, 3)).astype(np.uint8)
    grey = np.asarray(Image.fromarray(noise).convert("L"))
    write(f"{folder}/scale.json", scales(), rgb=text(noise.tobytes()), grey=text(grey.tobytes()))
