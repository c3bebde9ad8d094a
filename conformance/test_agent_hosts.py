"""Several hosts with bad networks, full disks and sudden deaths: nothing lost, nothing doubled. Minutes; `make test-slow`."""

import os
import shutil
import socket
import subprocess
import time

import pytest
from hosts import Fleet, Host, eventually, free_port, namespaces_work

pytestmark = [
    pytest.mark.skipif(not os.environ.get("OPENINSPECTOR_SLOW"), reason="takes minutes: make test-slow"),
    pytest.mark.skipif(not namespaces_work(), reason="network namespaces and mounts need root rights"),
]

GATEWAY = "10.203.0.1"


def sh(command, check=True):
    return subprocess.run(command, shell=True, check=check, capture_output=True, text=True)


class Network:
    """Hosts as network namespaces on one bridge."""

    def __init__(self):
        self.names = []
        self.down()
        sh(f"ip link add oi-br type bridge && ip addr add {GATEWAY}/24 dev oi-br && ip link set oi-br up")

    def host(self):
        number = len(self.names) + 2
        name, address = f"oi-{number}", f"10.203.0.{number}"
        self.names.append(name)
        sh(f"""set -e
            ip netns add {name}
            ip link add oi-v{number} type veth peer name eth0 netns {name}
            ip link set oi-v{number} master oi-br up
            ip -n {name} addr add {address}/24 dev eth0
            ip -n {name} link set eth0 up
            ip -n {name} link set lo up""")
        return name, ("ip", "netns", "exec", name)

    def lose(self, name, percent):
        """Loses packets in both directions; says by which means."""
        if sh(f"tc -n {name} qdisc add dev eth0 root netem loss {percent}%", check=False).returncode == 0:
            return "netem, outgoing"
        sh(f"""ip netns exec {name} nft -f - <<'N'
            table inet loss {{
              chain in {{ type filter hook input priority 0; iif eth0 numgen random mod 100 < {percent} drop; }}
              chain out {{ type filter hook output priority 0; oif eth0 numgen random mod 100 < {percent} drop; }}
            }}
N""")
        return "nftables, both ways"

    def only(self, name, port):
        """Lets a host reach one port of the gateway, as behind a proxy."""
        sh(f"""ip netns exec {name} nft -f - <<'N'
            table inet only {{
              chain out {{ type filter hook output priority 0; oif eth0 tcp dport != {port} reject; }}
            }}
N""")

    def down(self):
        sh("for n in $(ip netns list | grep -o '^oi-[0-9]*'); do ip netns del $n; done; ip link del oi-br", check=False)


@pytest.fixture
def network():
    network = Network()
    yield network
    network.down()


@pytest.fixture
def fleet(tmp_path, network):
    fleet = Fleet(tmp_path / "data", "--no-feed-sync", "--agent-poll-seconds", "2", address=GATEWAY).start()
    fleet.hosts = []
    yield fleet
    for host in fleet.hosts:
        host.stop()
    fleet.stop()


def enrolled(fleet, number, prefix, *options):
    host = fleet.enroll(fleet.directory.parent / f"host-{number}", f"i-0000000000000000{number}", prefix=prefix)
    host.options = list(options)
    fleet.hosts.append(host)
    return host


@pytest.fixture
def proxy(tmp_path):
    """A proxy of the distribution that wants a password."""
    if shutil.which("tinyproxy") is None:
        pytest.skip("tinyproxy is not installed")
    port = free_port()
    configuration = tmp_path / "tinyproxy.conf"
    configuration.write_text(
        f"Port {port}\nListen {GATEWAY}\nTimeout 600\nBasicAuth agent secret1\n"
        + f"LogFile \"{tmp_path / 'tinyproxy.log'}\"\nLogLevel Connect\nMaxClients 50\n"
    )
    process = subprocess.Popen(["tinyproxy", "-d", "-c", configuration], stdout=subprocess.DEVNULL)
    eventually(lambda: socket.socket().connect_ex((GATEWAY, port)) == 0)
    yield port, tmp_path / "tinyproxy.log"
    process.terminate()
    process.wait(timeout=30)


def test_loss_a_proxy_a_lost_service_and_killed_agents_cost_time_alone(fleet, network, proxy, tmp_path):
    port, proxy_log = proxy
    plain, lossy, proxied = (network.host() for _ in range(3))
    print("loss by", network.lose(lossy[0], 20))
    network.only(proxied[0], port)
    settings = tmp_path / "proxy.env"
    settings.write_text(f"export https_proxy=http://agent:wrong@{GATEWAY}:{port}\n")
    with pytest.raises(AssertionError, match="wants a user and a password"):
        fleet.enroll(tmp_path / "refused", "i-00000000000000009", "--proxy-file", str(settings), prefix=proxied[1])
    settings.write_text(f"export https_proxy=http://agent:secret%31@{GATEWAY}:{port}\n")
    hosts = [enrolled(fleet, 1, plain[1]), enrolled(fleet, 2, lossy[1])]
    third = fleet.enroll(tmp_path / "host-3", "i-00000000000000003", "--proxy-file", str(settings), prefix=proxied[1])
    fleet.hosts.append(third)
    hosts.append(third)
    for host in hosts:
        host.start()
    healthy = lambda: [one["agentHealth"] for one in fleet.listed().values()].count("HEALTHY")  # noqa: E731
    eventually(lambda: healthy() == 3)
    template = fleet.template()
    for fault in ("none", "service", "agents"):
        run = fleet.client().start_assessment_run(assessmentTemplateArn=template)["assessmentRunArn"]
        if fault == "service":
            fleet.stop(9)
            time.sleep(5)
            fleet.start()
        if fault == "agents":
            for _ in range(5):
                for host in hosts:
                    host.kill()
                    host.start()
                time.sleep(0.4)
        eventually(lambda: fleet.run_state(run).startswith("COMPLETED"), 150)
        assert fleet.delivered(run) == {host.agent_id: 1 for host in hosts}, fault
    assert not any(one.get("healthCode") == "identity-cloned" for one in fleet.listed().values())
    assert "CONNECT" in proxy_log.read_text() or "Connect" in proxy_log.read_text()


def test_a_copied_image_is_found_and_both_are_quarantined_within_a_minute(fleet, network, tmp_path):
    first, second = network.host(), network.host()
    host = enrolled(fleet, 1, first[1]).start()
    eventually(lambda: fleet.listed()[host.agent_id].get("hostname"))
    copy = tmp_path / "copy"
    shutil.copytree(host.state, copy)
    clone = Host(copy, host.agent_id, prefix=second[1]).start()
    fleet.hosts.append(clone)
    told = eventually(lambda: fleet.listed()[host.agent_id].get("healthCode") == "identity-cloned" and fleet.listed(), 60)
    reason = told[host.agent_id]["healthReason"]
    assert "10.203.0.2" in reason and "10.203.0.3" in reason, reason
    assert "reset" in told[host.agent_id]["nextStep"]


def test_a_disk_that_is_full_is_named_and_loses_nothing(fleet, network, tmp_path):
    prefix = network.host()[1]
    image, state = tmp_path / "disk.img", tmp_path / "host-1"
    state.mkdir()
    sh(f"truncate -s 1M {image} && mkfs.ext4 -q {image} && mount -o loop {image} {state}")
    try:
        host = enrolled(fleet, 1, prefix)
        sh(f"dd if=/dev/zero of={state}/fill bs=1k", check=False)
        host.start()
        fleet.stop(9)
        fleet.start()
        eventually(lambda: fleet.listed()[host.agent_id]["agentHealth"] == "HEALTHY")
        run = fleet.client().start_assessment_run(assessmentTemplateArn=fleet.template())["assessmentRunArn"]
        eventually(lambda: fleet.run_state(run).startswith("COMPLETED"), 120)
        assert fleet.delivered(run) == {host.agent_id: 1}
        host.kill()
        host.start()
        eventually(lambda: fleet.listed()[host.agent_id]["agentHealth"] == "HEALTHY")
        assert host.identity["agentId"] == host.agent_id, "the identity outlives a full disk"
        host.stop()
    finally:
        sh(f"umount {state}", check=False)


def test_certificates_are_renewed_on_the_way_and_kills_leave_an_identity_that_works(tmp_path, network):
    fleet = Fleet(
        tmp_path / "data", "--no-feed-sync", "--agent-poll-seconds", "1", "--agent-certificate-seconds", "3", address=GATEWAY
    ).start()
    fleet.hosts = []
    try:
        host = enrolled(fleet, 1, network.host()[1]).start()
        seen = set()
        for _ in range(40):
            time.sleep(0.25)
            host.kill()
            seen.add(host.identity["certificate"])
            host.start()
        eventually(lambda: fleet.listed()[host.agent_id]["agentHealth"] == "HEALTHY")
        assert len(seen) >= 2, "it was renewed meanwhile"
        before = host.identity["certificate"]
        eventually(lambda: host.identity["certificate"] != before, 30)
        assert fleet.listed()[host.agent_id].get("healthCode") != "identity-cloned"
    finally:
        for host in fleet.hosts:
            host.stop()
        fleet.stop()
