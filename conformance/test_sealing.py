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


def test_a_service_does_not_start_without_the_key_that_sealed_its_secrets(tmp_path):
    service = Service(tmp_path / "data").start()
    service.stop()
    key = service.directory / "sealing-key"
    kept = key.read_bytes()

    def refused(why):
        done = service.inspector("serve", *service.command[2:], check=False)
        assert done.returncode == 2 and f"`{key}` {why}" in done.stderr
        assert f"help: bring the key back from a backup to `{key}`" in done.stderr

    key.unlink()
    refused("is missing")
    key.write_bytes(bytes(32))
    refused("does not fit")
    key.write_bytes(kept)
    service.start()
    assert service.client().list_findings()["findingArns"] == []
    service.stop()
