//! A network of their own for the walks, where every packet that leaves this machine would be counted.

use std::net::UdpSocket;
use std::process::Command;

use crate::shell::{run_quietly, step};
use crate::{Outcome, setup};

/// The argument by which this program walks in a network of its own.
pub(crate) const APART: &str = "walk-apart";
/// The only way out of that network, which leads nowhere.
const WAY_OUT: &str = "wayout0";

/// This program, walking in a network of its own, if the machine allows that.
pub(crate) fn command() -> Outcome<Command> {
    setup::packages(&["ip", "unshare"], &["iproute2", "util-linux"])?;
    let program = std::env::current_exe()?;
    if run_quietly(Command::new("unshare").args(["--net", "true"])).is_err() {
        step("this machine allows no network apart, so nobody counts the packets");
        let mut command = Command::new(program);
        command.arg("walk");
        return Ok(command);
    }
    let mut command = Command::new("unshare");
    command.arg("--net").arg(program).arg(APART);
    Ok(command)
}

/// Lays the network out: this machine itself, and a way out that counts.
pub(crate) fn lay_out() -> Outcome {
    for command in [
        "link set lo up",
        "link add wayout0 type veth peer name nowhere0",
        "link set wayout0 addrgenmode none",
        "link set nowhere0 addrgenmode none",
        "addr add 192.0.2.1/24 dev wayout0",
        "link set wayout0 up",
        "link set nowhere0 up",
        "route add default dev wayout0",
    ] {
        run_quietly(Command::new("ip").args(command.split(' ')))?;
    }
    Ok(())
}

/// That nothing left so far, and that it would have been seen.
pub(crate) fn nothing_left() -> Outcome {
    let left = packets()?;
    UdpSocket::bind("0.0.0.0:0")?.send_to(b"?", "198.51.100.1:9")?;
    if packets()? == left {
        return Err("the way out does not count".into());
    }
    if left == 0 { Ok(()) } else { Err(format!("{left} packets left this machine").into()) }
}

/// How many packets took the way out.
fn packets() -> Outcome<u64> {
    let table = std::fs::read_to_string("/proc/self/net/dev")?;
    let counts = table.lines().find_map(|line| line.trim().strip_prefix(WAY_OUT)?.strip_prefix(':'));
    // Eight numbers on what came in, then those on what went out: bytes, packets.
    let sent = counts.and_then(|counts| counts.split_whitespace().nth(9)?.parse().ok());
    sent.ok_or_else(|| format!("{WAY_OUT} is not there").into())
}
