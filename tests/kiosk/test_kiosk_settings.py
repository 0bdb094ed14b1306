"""What differs between kiosks: given options before the environment, and a clear word for what cannot be."""

from pathlib import Path

import pytest

from core.errors import Invalid
from kiosk.settings import DEFAULT_PORT, DEFAULT_SERVER, KioskSettings

ENVIRONMENT = {
    "TESSERA_KIOSK_DATA": "/var/lib/tessera/kiosk",
    "TESSERA_SERVER": "https://studio.example",
    "TESSERA_CAMERA": "none",
    "TESSERA_KIOSK_PORT": "8123",
    "TESSERA_ASK_DEADLINE": "1.5",
}


def test_the_environment_says_it_all() -> None:
    settings = KioskSettings.from_environment(environment=ENVIRONMENT)
    assert (settings.data, settings.server) == (Path("/var/lib/tessera/kiosk"), "https://studio.example")
    assert (settings.camera, settings.port, settings.ask_deadline) == ("none", 8123, 1.5)


def test_what_is_given_comes_before_the_environment() -> None:
    settings = KioskSettings.from_environment(
        server="http://127.0.0.1:9",
        camera="2",
        port=8200,
        pairing_code="ABCD",
        data=Path("/k"),
        environment=ENVIRONMENT,
    )
    assert (settings.server, settings.camera, settings.port) == ("http://127.0.0.1:9", "2", 8200)
    assert (settings.pairing_code, settings.data) == ("ABCD", Path("/k"))


def test_without_anything_there_are_defaults() -> None:
    settings = KioskSettings.from_environment(environment={})
    assert (settings.server, settings.port, settings.camera) == (DEFAULT_SERVER, DEFAULT_PORT, "0")


@pytest.mark.parametrize(
    "name, value",
    [
        ("TESSERA_SERVER", "studio.example"),
        ("TESSERA_SERVER", "ftp://studio.example"),
        ("TESSERA_KIOSK_PORT", "eighty"),
        ("TESSERA_KIOSK_PORT", "65536"),
        ("TESSERA_KIOSK_PORT", "-1"),
        ("TESSERA_ASK_DEADLINE", "soon"),
        ("TESSERA_ASK_DEADLINE", "0"),
        ("TESSERA_ASK_DEADLINE", "11"),
        ("TESSERA_ASK_DEADLINE", "nan"),
        ("TESSERA_EASIER", "speech louder"),
    ],
)
def test_a_setting_that_cannot_be_is_named(name: str, value: str) -> None:
    with pytest.raises(Invalid) as wrong:
        KioskSettings.from_environment(environment={name: value})
    assert wrong.value.values["name"] == name


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::", "kiosk.example"])
def test_a_kiosk_that_is_to_listen_elsewhere_does_not_start(host: str) -> None:
    with pytest.raises(Invalid) as wrong:
        KioskSettings.from_environment(environment={"TESSERA_KIOSK_HOST": host})
    assert (wrong.value.code, wrong.value.values["given"]) == ("settings.kiosk_is_only_here", host)


@pytest.mark.parametrize("host", ["", "127.0.0.1", "localhost", "::1"])
def test_to_say_what_is_so_anyway_does_no_harm(host: str) -> None:
    KioskSettings.from_environment(environment={"TESSERA_KIOSK_HOST": host})


@pytest.mark.parametrize("said, on", [("", ()), ("speech", ("speech",)), ("slow, speech", ("speech", "slow"))])
def test_a_studio_can_have_any_mode_always_on(said: str, on: tuple[str, ...]) -> None:
    assert KioskSettings.from_environment(environment={"TESSERA_EASIER": said}).easier.names == on
