// The threads of a line display, a scale and a scanner, each with a device at the
// other end of its line.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "pos/runtime/display_thread.h"
#include "pos/runtime/scale_thread.h"
#include "pos/runtime/scanner_thread.h"
#include "tests/support/bell.h"
#include "tests/support/pseudo_terminal.h"
#include "tests/support/temp_folder.h"

namespace {

using namespace pos;
using tests::PseudoTerminal;

constexpr drivers::Milliseconds soon{2000};

// What a device has heard, read on until `end` is in it.
std::string heard_until(PseudoTerminal& line, std::string_view end) {
  std::string heard;
  while (heard.find(end) == heard.npos) {
    const auto bytes = line.device().read(soon);
    if (!bytes) break;
    heard.append(bytes->begin(), bytes->end());
  }
  return heard;
}

void say(PseudoTerminal& line, std::string_view text) {
  const drivers::Bytes bytes(text.begin(), text.end());
  CHECK(line.device().write(bytes, soon) == bytes.size());
}

struct Desk {
  tests::Bell bell;
  Latest<Devices> devices;
  Queue<UiMessage> to_ui;
  Wake wake = [this] { bell.ring(); };

  bool says(DeviceState Devices::*device, std::string_view words) {
    return bell.wait_until([&] { return (devices.get().get()->*device).words == words; });
  }
  std::string scanned() {
    const auto message = to_ui.pop(soon);
    const auto* scan = message ? std::get_if<Scanned>(&*message) : nullptr;
    return scan ? scan->code : "";
  }
};

// A path that is the same whatever is plugged in there.
class Socket {
 public:
  std::string path() const { return folder_ / "device"; }
  void plug(const std::string& device) {
    std::filesystem::create_symlink(device, folder_ / "new");
    std::filesystem::rename(folder_ / "new", path());
  }

 private:
  tests::TempFolder folder_;
};

core::ScannerSettings scanner_at(const char* kind, const std::string& address) {
  core::ScannerSettings settings;
  settings.kind = kind;
  settings.address = address;
  return settings;
}

}  // namespace

TEST_CASE("runtime: a line display shows what it was told, and says when it is gone") {
  PseudoTerminal line;
  Desk desk;
  core::DisplaySettings settings;
  settings.kind = "epson";
  settings.address = line.path();
  DisplayThread thread(settings, desk.devices, desk.wake);
  CHECK(thread.tell(drivers::DisplayText{"Laugenbrezel", drivers::display_line("Summe", "1,05")}));
  CHECK(heard_until(line, "1,05").find("Laugenbrezel") != std::string::npos);
  CHECK(desk.says(&Devices::display, "Connected"));
  line.unplug();
  CHECK(thread.tell(drivers::DisplayText{"Danke", ""}));
  CHECK(desk.says(&Devices::display, "The display cannot be reached."));
}

TEST_CASE("runtime: a scale's stable weight is offered once, and silence is said") {
  PseudoTerminal line;
  Desk desk;
  core::ScaleSettings settings;
  settings.kind = "toledo8217";
  settings.address = line.path();
  ScaleThread thread(settings, desk.devices, desk.wake);
  const auto weigh = [&](std::string_view answer) {
    CHECK(heard_until(line, "W") != "");
    say(line, answer);
  };
  const auto offers = [&](std::optional<core::Quantity> weight) {
    return desk.bell.wait_until([&] { return desk.devices.get()->weight == weight; });
  };
  weigh(
      "\x02"
      "00.252\r");
  CHECK(offers(core::Quantity{252}));
  CHECK(thread.tell(WeightTaken{}));
  weigh(
      "\x02"
      "00.252\r");
  CHECK(offers(std::nullopt));
  line.unplug();
  CHECK(desk.says(&Devices::scale, "The scale does not answer: check its cable and baud rate."));
}

TEST_CASE("runtime: a serial scanner that was pulled out is found again") {
  Socket socket;
  auto line = std::make_unique<PseudoTerminal>();
  socket.plug(line->path());
  Desk desk;
  ScannerThread thread(scanner_at("serial", socket.path()), desk.devices, desk.to_ui, desk.wake);
  say(*line, "4006381333931\r\n");
  CHECK(desk.scanned() == "4006381333931");
  line->unplug();
  CHECK(desk.says(&Devices::scanner, "The scanner is not plugged in."));
  line = std::make_unique<PseudoTerminal>();
  socket.plug(line->path());
  CHECK(desk.says(&Devices::scanner, "Scanner ready"));
  say(*line, "T1-R000007\r");
  CHECK(desk.scanned() == "T1-R000007");
}

TEST_CASE("runtime: a HID scanner's report is a scan, and what is no scanner is said") {
  const tests::TempFolder folder;
  const std::string pipe = folder / "hidraw0";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  auto other_end = drivers::open_file(pipe, O_RDWR);
  REQUIRE(other_end);
  Desk desk;
  ScannerThread thread(scanner_at("hidraw", pipe), desk.devices, desk.to_ui, desk.wake);
  drivers::Bytes report(64, 0);
  const std::string code = "4006381333931";
  report[0] = 2;
  report[1] = static_cast<std::uint8_t>(code.size());
  std::copy(code.begin(), code.end(), report.begin() + 5);
  CHECK(other_end->write(report, soon) == report.size());
  CHECK(desk.scanned() == code);
  CHECK(thread.tell(UseScanner{scanner_at("evdev", pipe)}));
  CHECK(desk.says(&Devices::scanner, "What is at this address is no such scanner."));
  CHECK(thread.tell(UseScanner{scanner_at("evdev", folder / "nothing")}));
  CHECK(desk.says(&Devices::scanner, "The scanner is not plugged in."));
}
