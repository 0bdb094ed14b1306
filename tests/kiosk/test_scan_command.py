"""`tessera scan`: one JSON line a file, whatever the file is."""

import json
from itertools import count
from pathlib import Path

import cv2
import numpy as np
import pytest
import qrcode

from kiosk.scan_command import scan_files


def picture_of(payload: bytes) -> np.ndarray:
    code = qrcode.QRCode(border=4)
    code.add_data(qrcode.util.QRData(payload, mode=qrcode.util.MODE_8BIT_BYTE))
    code.make()
    return np.where(np.kron(np.array(code.get_matrix()), np.ones((5, 5))) > 0, 20, 235).astype(np.uint8)


def scanned(*paths: Path | str) -> list[dict]:
    ticks = count()
    lines = list(scan_files(paths, clock=lambda: next(ticks) / 1000))
    assert all("\n" not in line for line in lines)
    return [json.loads(line) for line in lines]


def saved(folder: Path, name: str, *payloads: bytes) -> Path:
    path = folder / name
    cv2.imwrite(str(path), np.hstack([cv2.resize(picture_of(p), (400, 400)) for p in payloads]))
    return path


def test_a_line_for_each_file_with_all_its_codes_ours_or_not(tmp_path):
    one = saved(tmp_path, "one.png", b"T1ALICE")
    two = saved(tmp_path, "two.jpg", b"https://example.com/", "WIFI:S:Café;;".encode())
    first, second = scanned(one, str(two))
    assert first == {"file": str(one), "codes": ["T1ALICE"], "ms": 1.0}
    assert sorted(second["codes"]) == ["WIFI:S:Café;;", "https://example.com/"]


def test_a_picture_without_a_code_is_no_error(tmp_path):
    path = tmp_path / "wall.png"
    cv2.imwrite(str(path), np.full((300, 300), 120, np.uint8))
    assert scanned(path) == [{"file": str(path), "codes": [], "ms": 1.0}]


@pytest.mark.parametrize("payload", [b"\xff\xfe\xfd\xfc", b"\xed\xa0\x80", b"\0\0\x1b[2J", bytes(range(256))])
def test_bytes_that_are_no_text_are_shown_and_do_no_harm(payload, tmp_path):
    path = saved(tmp_path, "bytes.png", payload)
    [line] = scan_files([path], clock=lambda: 0.0)
    assert line.isascii() and line.isprintable()
    assert len(json.loads(line)["codes"]) == 1


def test_the_same_code_twice_is_one(tmp_path):
    assert scanned(saved(tmp_path, "twice.png", b"ALICE", b"ALICE"))[0]["codes"] == ["ALICE"]


def test_a_film_is_read_to_its_end(tmp_path):
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (640, 480))
    for payload in (b"ALICE", b"ALICE", None, b"BOB"):
        frame = np.full((480, 640), 100, np.uint8)
        if payload:
            frame[40:440, 100:500] = cv2.resize(picture_of(payload), (400, 400))
        writer.write(cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR))
    writer.release()
    assert scanned(path) == [{"file": str(path), "codes": ["ALICE", "BOB"], "ms": 4.0}]


def test_a_file_that_cannot_be_read_has_a_sentence_and_the_next_is_read(tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("not a picture")
    empty = tmp_path / "empty.jpg"
    empty.touch()
    fine = saved(tmp_path, "fine.png", b"ALICE")
    cut_short = tmp_path / "cut.png"
    cut_short.write_bytes(fine.read_bytes()[:60])
    gone, *others, last = scanned(tmp_path / "gone.png", tmp_path, text, empty, cut_short, fine)
    assert gone["error"] == "There is no such file."
    assert all(line["codes"] == [] and line["error"].endswith(".") for line in (gone, *others))
    assert last["codes"] == ["ALICE"] and "error" not in last


def test_a_picture_that_claims_to_be_enormous_is_not_opened(tmp_path):
    path = saved(tmp_path, "bomb.png", b"ALICE")
    data = bytearray(path.read_bytes())
    data[16:24] = (60000).to_bytes(4, "big") * 2
    path.write_bytes(data)
    [line] = scanned(path)
    assert line["codes"] == [] and line["error"].endswith(".")


def test_the_slow_pass_can_be_left_out(tmp_path):
    path = tmp_path / "far_away.png"
    frame = np.full((720, 1280), 90, np.uint8)
    small = cv2.resize(picture_of(b"T1ALICEALICEALICEALICEALICEAB"), None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    frame[300 : 300 + small.shape[0], 600 : 600 + small.shape[1]] = small
    cv2.imwrite(str(path), cv2.GaussianBlur(frame, (0, 0), 1.2))
    read = [json.loads(next(scan_files([path], clock=lambda: 0.0, slow=slow)))["codes"] for slow in (True, False)]
    assert read == [["T1ALICEALICEALICEALICEALICEAB"], []]
