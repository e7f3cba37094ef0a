#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <typeinfo>

#include "drivers/transport/address.h"
#include "drivers/transport/file.h"
#include "drivers/transport/serial.h"
#include "drivers/transport/tcp.h"
#include "drivers/transport/usb_lp.h"
#include "tests/support/pseudo_terminal.h"
#include "tests/support/tcp_printer.h"
#include "tests/support/temp_folder.h"

using namespace drivers;
using tests::FakePrinter;
using tests::PseudoTerminal;
using tests::TcpPrinter;

namespace {

constexpr Milliseconds soon{2000};
constexpr Milliseconds at_once{0};

void carries_bytes_both_ways(Transport& transport, PseudoTerminal& line) {
  REQUIRE(transport.open(soon).has_value());
  const Bytes question{0x10, 0x04, 0x02, 0x0D, 0x0A};
  CHECK(transport.write(question, soon) == question.size());
  CHECK(line.device().read(soon) == question);
  CHECK(transport.read(at_once) == tl::unexpected(LinkError::timed_out));
  const Bytes answer{0x12, 0x0A, 0x03};
  CHECK(line.device().write(answer, soon) == answer.size());
  CHECK(transport.read(soon) == answer);
  line.unplug();
  CHECK(transport.read(soon) == tl::unexpected(LinkError::cut));
  CHECK(transport.write(question, soon) == tl::unexpected(LinkError::cut));
  transport.close();
}

}  // namespace

TEST_CASE("transport: a serial line carries every byte unchanged, both ways") {
  PseudoTerminal line;
  SerialTransport transport(line.path(), 9600, FlowControl::none);
  carries_bytes_both_ways(transport, line);
}

TEST_CASE("transport: a USB printer is silent, not gone, while it has nothing to say") {
  PseudoTerminal line;
  SerialTransport raw_mode(line.path(), 9600, FlowControl::none);
  REQUIRE(raw_mode.open(soon).has_value());
  UsbLpTransport transport(line.path());
  carries_bytes_both_ways(transport, line);
}

TEST_CASE("transport: a device that takes nothing times out instead of hanging") {
  PseudoTerminal line;
  SerialTransport transport(line.path(), 115200, FlowControl::none);
  REQUIRE(transport.open(soon).has_value());
  const Bytes much(65536, 'x');
  std::size_t taken = 0;
  for (;;) {
    const auto accepted = transport.write(ByteView(much).subspan(taken), at_once);
    if (!accepted) {
      CHECK(accepted.error() == LinkError::timed_out);
      break;
    }
    taken += *accepted;
    REQUIRE(taken < much.size());
  }
  Bytes arrived;
  while (const auto some = line.device().read(at_once)) {
    arrived.insert(arrived.end(), some->begin(), some->end());
  }
  CHECK(arrived.size() == taken);
}

TEST_CASE("transport: an odd speed and a file that is no line are refused") {
  const tests::TempFolder folder;
  std::ofstream(folder / "no-tty") << "x";
  CHECK(SerialTransport(folder / "no-tty", 9600).open(soon) == tl::unexpected(LinkError::missing));
  CHECK(SerialTransport(folder / "no-tty", 1234).open(soon) == tl::unexpected(LinkError::missing));
}

TEST_CASE("transport: a device that is not there is missing") {
  const tests::TempFolder folder;
  CHECK(UsbLpTransport(folder / "lp0").open(soon) == tl::unexpected(LinkError::missing));
  CHECK(SerialTransport(folder / "ttyS9", 9600).open(soon) == tl::unexpected(LinkError::missing));
  CHECK(FileTransport(folder / "no/such/folder").open(soon) == tl::unexpected(LinkError::missing));
  CHECK(FileTransport(folder.path()).open(soon) == tl::unexpected(LinkError::missing));
}

TEST_CASE("transport: a file is appended to and has no answers") {
  const tests::TempFolder folder;
  const std::string path = folder / "slips";
  for (int i = 0; i < 2; ++i) {
    FileTransport file(path);
    REQUIRE(file.open(soon).has_value());
    CHECK_FALSE(file.answers());
    CHECK(file.write(Bytes{'a', 'b'}, soon) == 2);
    CHECK(file.read(at_once) == tl::unexpected(LinkError::timed_out));
    file.close();
    CHECK(file.write(Bytes{'c'}, soon) == tl::unexpected(LinkError::cut));
  }
  CHECK(std::filesystem::file_size(path) == 4);
}

TEST_CASE("transport: a port where nobody listens refuses, an unknown host is missing") {
  TcpPrinter server{FakePrinter{}};
  server.stop();
  CHECK(TcpTransport("127.0.0.1", server.port()).open(soon) == tl::unexpected(LinkError::refused));
  CHECK(TcpTransport("not a host", 9100).open(soon) == tl::unexpected(LinkError::missing));
}

TEST_CASE("transport: TCP asks and is answered, and notices when the other side is gone") {
  TcpPrinter server(FakePrinter{}, 6);
  TcpTransport transport("127.0.0.1", server.port());
  REQUIRE(transport.open(soon).has_value());
  CHECK(transport.open(soon).has_value());
  const Bytes question{0x10, 0x04, 0x01};
  CHECK(transport.write(question, soon) == 3);
  CHECK(transport.read(soon) == Bytes{0x12});
  CHECK(transport.write(question, soon) == 3);
  CHECK(transport.read(soon) == Bytes{0x12});
  CHECK(transport.read(soon) == tl::unexpected(LinkError::cut));
  CHECK(transport.write(question, soon) == tl::unexpected(LinkError::cut));
}

TEST_CASE("transport: every error has its word") {
  CHECK(word(LinkError::no_permission) == "no_permission");
  CHECK(link_error(EACCES) == LinkError::no_permission);
  CHECK(link_error(EBUSY) == LinkError::refused);
  CHECK(link_error(ENODEV) == LinkError::missing);
  CHECK(link_error(EHOSTUNREACH) == LinkError::unreachable);
}

TEST_CASE("transport: an address names the way to a device") {
  const auto is_a = [](std::string_view address, const std::type_info& type) {
    const auto found = transport_at(address);
    if (!found) return false;
    const Transport& transport = **found;
    return typeid(transport) == type;
  };
  CHECK(is_a("tcp:192.168.1.50", typeid(TcpTransport)));
  CHECK(is_a("tcp:printer.local:9101", typeid(TcpTransport)));
  CHECK(is_a("tcp:[fe80::1]:9100", typeid(TcpTransport)));
  CHECK(is_a("tcp:[fe80::1]", typeid(TcpTransport)));
  CHECK(is_a("usb:/dev/usb/lp0", typeid(UsbLpTransport)));
  CHECK(is_a("serial:/dev/ttyS0", typeid(SerialTransport)));
  CHECK(is_a("serial:/dev/ttyUSB0:19200", typeid(SerialTransport)));
  CHECK(is_a("file:slips.bin", typeid(FileTransport)));
}

TEST_CASE("transport: a wrong address says what is wrong with it") {
  const auto error_in = [](std::string_view address) {
    const auto found = transport_at(address);
    REQUIRE_FALSE(found.has_value());
    return found.error();
  };
  CHECK(error_in("") == AddressError::unknown_kind);
  CHECK(error_in("printer") == AddressError::unknown_kind);
  CHECK(error_in("ftp:host") == AddressError::unknown_kind);
  CHECK(error_in("tcp:") == AddressError::no_place);
  CHECK(error_in("tcp::9100") == AddressError::no_place);
  CHECK(error_in("usb:") == AddressError::no_place);
  CHECK(error_in("tcp:host:") == AddressError::bad_number);
  CHECK(error_in("tcp:host:0") == AddressError::bad_number);
  CHECK(error_in("tcp:host:65536") == AddressError::bad_number);
  CHECK(error_in("tcp:[::1]x") == AddressError::bad_number);
  CHECK(error_in("serial:/dev/ttyS0:fast") == AddressError::bad_number);
}
