"""Secrets are sealed with a key that need not lie beside them."""

from conftest import Service


def test_a_sealing_key_of_ones_own_opens_what_it_sealed(tmp_path):
    (tmp_path / "key").write_text("ab" * 32 + "\n")
    service = Service(tmp_path / "data", "--sealing-key-file", str(tmp_path / "key")).start()
    try:
        assert not (service.directory / "sealing-key").exists()
        service.stop()
        service.start()
        assert service.client().list_findings()["findingArns"] == []
    finally:
        service.stop()


def test_a_broken_sealing_key_is_named(tmp_path):
    (tmp_path / "key").write_text("short")
    service = Service(tmp_path / "data")
    done = service.inspector("serve", "--data-dir", str(service.directory), "--sealing-key-file", str(tmp_path / "key"), check=False)
    assert done.returncode == 2 and str(tmp_path / "key") in done.stderr
    assert not service.directory.exists()
