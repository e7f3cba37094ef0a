// What goes wrong with receipt printers in shops, one case each, against a
// printer that keeps a buffer, a roll of paper and half a command as a real one.
#include <doctest/doctest.h>

#include <algorithm>

#include "drivers/printer/code_page.h"
#include "drivers/printer/escpos_encoder.h"
#include "drivers/printer/escpos_printer.h"
#include "drivers/transport/tcp.h"
#include "drivers/transport/usb_lp.h"
#include "tests/support/modelled_transport.h"
#include "tests/support/temp_folder.h"

#include <filesystem>
#include <fstream>

using namespace drivers;
using tests::ModelledTransport;

namespace {

const Profile& tm_t20() {
  return profile("epson-tm-t20");
}

Document slip_of(int lines, std::string mark = "BON 1") {
  Document slip;
  slip.add(centred(std::move(mark), large));
  for (int i = 0; i < lines; ++i) slip.add(amount_row("Käse " + std::to_string(i), "7,53 €"));
  return slip.add(Cut{});
}

Document picture_slip() {
  Logo logo{512, 256, Bytes(64 * 256, 0x3C)};
  return Document{}.add(std::move(logo)).add(Cut{});
}

// One printer on one wire, and what its owner says and hears.
struct Bench : PrintWatch {
  explicit Bench(Profile p = tm_t20()) : profile(p), model(p) {
    auto made = std::make_unique<ModelledTransport>(model);
    wire = made.get();
    printer = std::make_unique<EscposPrinter>(std::move(made), p);
  }
  Profile profile;
  PrinterModel model;
  ModelledTransport* wire;
  std::unique_ptr<EscposPrinter> printer;

  PrintWish says = PrintWish::go_on;
  int begun = 0;
  std::vector<std::optional<PrinterTrouble>> heard;

  std::uint32_t number() const override { return 7; }
  bool may_begin() override {
    ++begun;
    return true;
  }
  void stopped(std::optional<PrinterTrouble> trouble) override { heard.push_back(trouble); }
  PrintWish wish() override { return says; }

  PrintOutcome print(const Document& slip) { return printer->print(slip, *this); }
  std::vector<SlipOnPaper> paper() { return model.take_slips(); }
  int whole_slips() {
    const auto slips = paper();
    return static_cast<int>(std::ranges::count(slips, true, &SlipOnPaper::is_whole));
  }
};

const PrintOutcome confirmed{Printed{Proof::confirmed}};

}  // namespace

TEST_CASE("failure 1: a printer that is off costs a bounded wait and begins nothing") {
  Bench bench;
  bench.wire->open_error = LinkError::timed_out;
  CHECK(bench.print(slip_of(3)) == PrintOutcome(NotSent{PrinterTrouble::unreachable}));
  CHECK(bench.begun == 0);
}

TEST_CASE("failure 2: without paper nothing is sent, so that nothing spills out later") {
  Bench bench;
  bench.model.set({.paper_out = true});
  CHECK(bench.print(slip_of(3)) == PrintOutcome(Refused{PrinterTrouble::paper_out}));
  CHECK(bench.begun == 0);
  bench.model.set({});
  bench.model.run(Milliseconds{1000});
  CHECK(bench.paper().empty());
  CHECK(bench.print(slip_of(3)) == confirmed);
  CHECK(bench.whole_slips() == 1);
}

TEST_CASE("failure 3: paper that ends in the middle is waited for, and the slip goes on") {
  Bench bench;
  bench.model.set({.paper_ends_after = 60});
  bench.wire->on_read = [&](int reads) {
    if (reads == 40) bench.model.set({});
  };
  CHECK(bench.print(slip_of(9)) == confirmed);
  REQUIRE(bench.heard.size() >= 2);
  CHECK(bench.heard.front() == PrinterTrouble::paper_out);
  CHECK_FALSE(bench.heard.back().has_value());
  CHECK(bench.whole_slips() == 1);
}

TEST_CASE("failure 3: whoever gives up waiting for paper gets a slip that is unsure") {
  Bench bench;
  bench.says = PrintWish::give_up;
  bench.model.set({.paper_ends_after = 60});
  CHECK(bench.print(slip_of(9)) == PrintOutcome(Unsure{PrinterTrouble::paper_out}));
}

TEST_CASE("failure 3: a full buffer of a printer without paper is no time-out") {
  Bench bench;
  bench.model.set({.paper_ends_after = 60});
  bench.wire->on_read = [&](int reads) {
    if (reads == 400) bench.model.set({});
  };
  CHECK(bench.print(slip_of(400)) == confirmed);
  CHECK(bench.heard.front() == PrinterTrouble::paper_out);
  CHECK(bench.whole_slips() == 1);
}

TEST_CASE("failure 4: after a cable was pulled inside a picture the next slip is clean") {
  for (const std::size_t at : {30U, 100U, 2000U, 9000U}) {
    Bench bench;
    bench.wire->pulled_after = at;
    CHECK(bench.print(picture_slip()) == PrintOutcome(Unsure{PrinterTrouble::cut}));
    bench.wire->pulled_after.reset();
    bench.paper();
    INFO("pulled after ", at);
    CHECK(bench.print(slip_of(3, "BON 2")) == confirmed);
    const auto slips = bench.paper();
    REQUIRE_FALSE(slips.empty());
    CHECK(slips.back().is_whole);
    const std::string text = text_on(slips.back().document);
    CHECK(text.starts_with("BON 2\n"));
  }
}

TEST_CASE("failure 5: a slow printer is waited for as long as it makes progress") {
  Bench bench;
  bench.model.set({.bytes_per_second = 400});
  CHECK(bench.print(slip_of(200)) == confirmed);
  CHECK(bench.whole_slips() == 1);
}

TEST_CASE("failure 6: once a byte has left, nothing is sent a second time") {
  Bench bench;
  const std::size_t whole = escpos_bytes(slip_of(5), tm_t20()).size();
  for (std::size_t cut = 20; cut < whole; cut += 7) {
    Bench cut_off;
    cut_off.wire->pulled_after = cut;
    CHECK(std::holds_alternative<Unsure>(cut_off.print(slip_of(5))));
    CHECK(cut_off.begun == 1);
    CHECK(cut_off.wire->openings == 1);
  }
}

TEST_CASE("failure 6: the register that says no keeps the slip in the till") {
  struct NoWatch final : PrintWatch {
    bool may_begin() override { return false; }
  } no;
  Bench bench;
  CHECK(bench.printer->print(slip_of(2), no) == PrintOutcome(NotSent{PrinterTrouble::held_back}));
  bench.model.run(Milliseconds{1000});
  CHECK(bench.paper().empty());
}

TEST_CASE("failure 7: each slip has a connection of its own and a fresh answer before it") {
  Bench bench;
  CHECK(bench.print(slip_of(1)) == confirmed);
  CHECK(bench.print(slip_of(1)) == confirmed);
  CHECK(bench.wire->openings == 2);
  bench.model.set({.is_mute = true});
  CHECK(bench.print(slip_of(1)) == PrintOutcome(NotSent{PrinterTrouble::silent}));
}

TEST_CASE("failure 8: a printer that another till uses is busy, and nothing is begun") {
  Bench bench;
  bench.wire->open_error = LinkError::refused;
  CHECK(bench.print(slip_of(1)) == PrintOutcome(NotSent{PrinterTrouble::busy}));
  CHECK(bench.begun == 0);
}

TEST_CASE("failure 9: cover, cutter and a hot head are named, and it goes on when mended") {
  struct Case {
    PrinterFaults faults;
    PrinterTrouble named;
  };
  for (const Case& c : {Case{{.cutter_jammed = true}, PrinterTrouble::cutter_jammed},
                        Case{{.paper_ends_after = 40}, PrinterTrouble::paper_out}}) {
    Bench bench;
    bench.model.set(c.faults);
    bench.wire->on_read = [&](int reads) {
      if (reads == 30) bench.model.set({});
    };
    CHECK(bench.print(slip_of(2)) == confirmed);
    REQUIRE_FALSE(bench.heard.empty());
    CHECK(bench.heard.front() == c.named);
  }
  for (const auto& [faults, named] :
       {std::pair{PrinterFaults{.cover_open = true}, PrinterTrouble::cover_open},
        std::pair{PrinterFaults{.head_hot = true}, PrinterTrouble::head_hot}}) {
    Bench bench;
    bench.model.set(faults);
    CHECK(bench.print(slip_of(2)) == PrintOutcome(Refused{named}));
  }
}

TEST_CASE("failure 9: a cutter that somebody has freed goes on by a command") {
  Bench bench;
  bench.model.set({.cutter_jammed = true});
  bench.wire->on_read = [&](int reads) {
    if (reads < 20) return;
    bench.model.set({});
    bench.says = PrintWish::recover;
  };
  CHECK(bench.print(slip_of(2)) == confirmed);
}

TEST_CASE("failure 10: the code table is chosen anew in every slip, and the euro survives") {
  for (const Profile& each : profiles()) {
    const Document slip = Document{}.add(text_line("ÄÖÜ äöü ß § 3,00 €")).add(Cut{});
    EscposReader reader(each);
    Document read;
    for (const std::uint8_t byte : escpos_bytes(slip, each)) {
      // A table that somebody else left behind.
      reader.feed(byte);
    }
    const std::string text = text_on(reader.take());
    INFO(each.id);
    CHECK(text.starts_with("ÄÖÜ äöü ß "));
    const bool has_euro = table_for(each, U'€').has_value();
    CHECK((text.find(has_euro ? "3,00 €" : "3,00 EUR") != text.npos));
    CHECK(text.find('?') == text.npos);
  }
}

TEST_CASE("failure 11: a long slip with pictures comes out in strips, none of it lost") {
  Bench bench;
  Document slip = slip_of(300);
  slip.blocks.insert(slip.blocks.begin(), picture_slip().blocks.front());
  CHECK(bench.print(slip) == confirmed);
  const auto slips = bench.paper();
  REQUIRE(slips.size() == 1);
  CHECK(slips[0].document.blocks.front() == slip.blocks.front());
  CHECK(text_on(slips[0].document).find("Käse 299") != std::string::npos);
}

TEST_CASE("failure 12: a printer that is plugged in again is found under its new number") {
  namespace fs = std::filesystem;
  const tests::TempFolder folder;
  const fs::path root = folder.path();
  const auto plug = [&](const std::string& node) {
    const fs::path device = root / "devices" / ("usb-" + node);
    fs::create_directories(device / "if0");
    std::ofstream(device / "serial") << "J4HX012345\n";
    std::ofstream(device / "idVendor") << "04b8\n";
    std::ofstream(device / "idProduct") << "0e27\n";
    fs::create_directories(root / "class" / node);
    fs::create_directory_symlink(device / "if0", root / "class" / node / "device");
  };
  const std::string classes = (root / "class").string();
  CHECK_FALSE(usb_printer_path("serial:J4HX012345", classes));
  plug("lp0");
  CHECK(usb_printer_path("serial:J4HX012345", classes) == "/dev/usb/lp0");
  CHECK(usb_printer_path("id:04b8:0e27", classes) == "/dev/usb/lp0");
  fs::remove_all(root / "class" / "lp0");
  plug("lp1");
  CHECK(usb_printer_path("serial:J4HX012345", classes) == "/dev/usb/lp1");
  CHECK(usb_printer_path("/dev/usb/lp3", classes) == "/dev/usb/lp3");
}

TEST_CASE("failure: a clone that never answers gets its slip, which ends as sent") {
  Profile clone = profile("generic-80");
  Bench bench(clone);
  bench.model.set({.is_mute = true});
  CHECK(bench.print(slip_of(3)) == PrintOutcome(Printed{Proof::sent_only}));
  CHECK(bench.whole_slips() == 1);
}

TEST_CASE("failure: something that is no printer gets no slip") {
  Bench bench(profile("generic-80"));
  bench.model.set({.talks_garbage = true});
  CHECK(bench.print(slip_of(3)) == PrintOutcome(NotSent{PrinterTrouble::stranger}));
  CHECK(bench.begun == 0);
}

namespace {

// Says nothing until it has a whole line, and then what browsers show.
class WebServer final : public Transport {
 public:
  core::Result<core::Done, LinkError> open(Milliseconds) override { return core::Done{}; }
  core::Result<std::size_t, LinkError> write(ByteView bytes, Milliseconds) override {
    if (std::ranges::find(bytes, '\n') != bytes.end()) has_line_ = true;
    return bytes.size();
  }
  core::Result<Bytes, LinkError> read(Milliseconds) override {
    if (!std::exchange(has_line_, false)) return tl::unexpected(LinkError::timed_out);
    const std::string page = "<!DOCTYPE HTML>\n<html><title>Error response</title></html>";
    return Bytes(page.begin(), page.end());
  }
  void close() override {}
  bool answers() const override { return true; }

 private:
  bool has_line_ = false;
};

}  // namespace

TEST_CASE("failure: a web server at the printer's address is not taken for a printer") {
  EscposPrinter printer(std::make_unique<WebServer>(), profile("generic-80"));
  CHECK(printer.print(slip_of(3)) == PrintOutcome(Unsure{PrinterTrouble::stranger}));
}

TEST_CASE("drawer: its switch is learned from the first opening") {
  Bench bench;
  CHECK(bench.printer->open_drawer() == DrawerSeen::opened);
  CHECK(bench.model.drawer_openings() == 1);
  bench.model.close_drawer();
  CHECK(bench.printer->open_drawer() == DrawerSeen::opened);
  // Left open: it is open, and gets no second pulse.
  CHECK(bench.printer->open_drawer() == DrawerSeen::opened);
  CHECK(bench.model.drawer_openings() == 3);
}

TEST_CASE("drawer: it opens without paper, and while a slip waits for paper") {
  Bench bench;
  bench.model.set({.paper_ends_after = 40});
  bench.wire->on_read = [&](int reads) {
    bench.says = reads == 15 ? PrintWish::open_drawer : PrintWish::go_on;
    if (reads == 60) bench.model.set({});
  };
  CHECK(bench.print(slip_of(5)) == confirmed);
  CHECK(bench.model.drawer_openings() >= 1);
}

TEST_CASE("reader: what the encoder means is what a printer reads, whatever the profile") {
  for (const Profile& each : profiles()) {
    const Document slip = slip_of(4);
    EscposReader reader(each);
    int cuts = 0;
    for (const std::uint8_t byte : escpos_bytes(slip, each)) {
      const auto event = reader.feed(byte);
      if (event && std::holds_alternative<ReadCut>(*event)) ++cuts;
    }
    INFO(each.id);
    CHECK(cuts == (each.cut == CutKind::none ? 0 : 1));
    CHECK(text_on(reader.take()).find("Käse 3") != std::string::npos);
  }
}
