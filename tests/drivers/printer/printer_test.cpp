#include <doctest/doctest.h>

#include "drivers/drawer/drawer.h"
#include "drivers/printer/escpos_encoder.h"
#include "drivers/printer/escpos_printer.h"
#include "drivers/printer/simulated_printer.h"
#include "drivers/transport/file.h"
#include "drivers/transport/tcp.h"
#include "tests/contracts/printer_contract.h"
#include "tests/support/escpos_decoder.h"
#include "tests/support/sample_slip.h"
#include "tests/support/tcp_printer.h"
#include "tests/support/temp_folder.h"
#include "tests/support/transports.h"

using namespace drivers;
using tests::FakePrinter;
using tests::Faults;
using tests::FlakyTransport;
using tests::Language;
using tests::sample_slip;
using tests::ScriptedTransport;
using tests::TcpPrinter;

namespace {

const Profile& epson() {
  return profile("epson-tm-t20");
}

// A slip of a few bytes, for tests that try every one of them.
Document short_slip() {
  return Document{}.add(centred("Käse", large)).add(amount_row("Summe", "7,53 €")).add(Cut{});
}

FakePrinter printer_in(PrinterCondition condition) {
  FakePrinter printer;
  printer.paper_out = condition == PrinterCondition::paper_out;
  printer.cover_open = condition == PrinterCondition::cover_open;
  return printer;
}

int slips_in(const FakePrinter& printer) {
  return tests::decoded(printer.document(), epson()).cuts;
}

std::unique_ptr<FlakyTransport> wire_to(FakePrinter& printer, Faults faults = {}) {
  return std::make_unique<FlakyTransport>(std::make_unique<ScriptedTransport>(printer), faults);
}

contracts::PrinterRig scripted_rig(PrinterCondition condition) {
  auto fake = std::make_shared<FakePrinter>(printer_in(condition));
  auto wire = std::make_unique<ScriptedTransport>(*fake);
  if (condition == PrinterCondition::off) wire->open_error = LinkError::timed_out;
  const bool is_cut = condition == PrinterCondition::cut_mid_slip;
  auto flaky = std::make_unique<FlakyTransport>(
      std::move(wire), Faults{.cut_after = is_cut ? std::size_t{300} : Faults::never});
  return {std::make_unique<EscposPrinter>(std::move(flaky), epson()),
          [fake] { return slips_in(*fake); }};
}

contracts::PrinterRig tcp_rig(PrinterCondition condition) {
  const bool is_cut = condition == PrinterCondition::cut_mid_slip;
  auto server = std::make_shared<TcpPrinter>(printer_in(condition),
                                             is_cut ? std::size_t{300} : Faults::never);
  if (condition == PrinterCondition::off) server->stop();
  auto wire = std::make_unique<TcpTransport>("127.0.0.1", server->port());
  return {std::make_unique<EscposPrinter>(std::move(wire), epson()), [server] {
            server->stop();
            return slips_in(server->printer());
          }};
}

contracts::PrinterRig simulated_rig(PrinterCondition condition) {
  auto printer = std::make_unique<SimulatedPrinter>();
  printer->set_condition(condition);
  const SimulatedPrinter& looked_at = *printer;
  return {std::move(printer), [&looked_at] { return static_cast<int>(looked_at.slips().size()); }};
}

}  // namespace

TEST_CASE("printer: the simulated one keeps its word") {
  contracts::a_printer_keeps_its_word(simulated_rig);
}

TEST_CASE("printer: ESC/POS over a scripted wire keeps its word") {
  contracts::a_printer_keeps_its_word(scripted_rig);
}

TEST_CASE("printer: ESC/POS over TCP keeps its word") {
  contracts::a_printer_keeps_its_word(tcp_rig);
}

TEST_CASE("printer: a slip over TCP arrives as it was meant") {
  TcpPrinter server{FakePrinter{}};
  EscposPrinter printer(std::make_unique<TcpTransport>("127.0.0.1", server.port()), epson());
  const Document slip = sample_slip(Language::german);
  CHECK(printer.print(slip) == PrintOutcome(Printed{Proof::confirmed}));
  server.stop();
  CHECK(server.printer().document() == escpos_bytes(slip, epson()));
}

TEST_CASE("printer: cut at any byte, it never claims a slip that did not come out") {
  for (const StatusSupport status :
       {StatusSupport::none, StatusSupport::tried, StatusSupport::expected}) {
    Profile profile = epson();
    profile.status = status;
    const std::size_t slip_size = escpos_bytes(short_slip(), profile).size();
    // Two questions, ESC @ and GS a; then the slip, which leaves out its ESC @.
    const std::size_t hello = status == StatusSupport::none ? 0 : 9;
    const std::size_t goodbye = status == StatusSupport::none ? 0 : 14;
    for (std::size_t cut = 0; cut < hello + slip_size + goodbye; ++cut) {
      FakePrinter fake;
      EscposPrinter printer(wire_to(fake, {.cut_after = cut, .at_once = 7}), profile);
      const PrintOutcome outcome = printer.print(short_slip());
      INFO("cut after ", cut, " of ", hello + slip_size + goodbye);
      if (cut <= hello + (status == StatusSupport::none ? 0 : 2)) {
        CHECK(std::holds_alternative<NotSent>(outcome));
      } else {
        CHECK(outcome == PrintOutcome(Unsure{PrinterTrouble::cut}));
      }
    }
  }
}

TEST_CASE("printer: stalled at any byte, it is unsure or has not begun") {
  const std::size_t slip_size = escpos_bytes(short_slip(), epson()).size();
  for (std::size_t stop = 0; stop < 9 + slip_size + 14; ++stop) {
    FakePrinter fake;
    EscposPrinter printer(wire_to(fake, {.stall_after = stop, .at_once = 7}), epson());
    const PrintOutcome outcome = printer.print(short_slip());
    INFO("stalled after ", stop);
    CHECK_FALSE(std::holds_alternative<Printed>(outcome));
    CHECK(std::holds_alternative<NotSent>(outcome) == (stop <= 11));
  }
}

TEST_CASE("printer: answers that come late, twice and in fragments are understood") {
  FakePrinter fake;
  EscposPrinter printer(wire_to(fake, {.at_once = 3, .silent_reads = 2, .answers_twice = true}),
                        epson());
  CHECK(printer.print(short_slip()) == PrintOutcome(Printed{Proof::confirmed}));
  CHECK(fake.document() == escpos_bytes(short_slip(), epson()));
}

TEST_CASE("printer: paper that ends in the middle is unsure, and the reason is known") {
  FakePrinter fake;
  fake.paper_ends_after = 20;
  EscposPrinter printer(wire_to(fake), epson());
  CHECK(printer.print(short_slip()) == PrintOutcome(Unsure{PrinterTrouble::paper_out}));
}

TEST_CASE("printer: a jammed cutter is named") {
  FakePrinter fake;
  fake.cutter_jammed = true;
  EscposPrinter printer(wire_to(fake), epson());
  CHECK(printer.print(short_slip()) == PrintOutcome(Refused{PrinterTrouble::cutter_jammed}));
  CHECK(fake.document().empty());
}

TEST_CASE("printer: one that must answer and does not gets nothing to print") {
  FakePrinter fake;
  fake.speaks = false;
  EscposPrinter printer(wire_to(fake), epson());
  CHECK(printer.print(short_slip()) == PrintOutcome(NotSent{PrinterTrouble::silent}));
  CHECK(fake.document().empty());
}

TEST_CASE("printer: one that may be mute is printed to, and the proof is only that it was sent") {
  FakePrinter fake;
  fake.speaks = false;
  EscposPrinter printer(wire_to(fake), profile("generic-80"));
  CHECK(printer.print(short_slip()) == PrintOutcome(Printed{Proof::sent_only}));
  CHECK(fake.document() == escpos_bytes(short_slip(), profile("generic-80")));
  CHECK_FALSE(printer.status().trouble);
}

TEST_CASE("printer: one that knows no GS r but is well is sent to, not confirmed") {
  FakePrinter fake;
  fake.knows_gs_r = false;
  EscposPrinter tried(wire_to(fake), profile("generic-80"));
  CHECK(tried.print(short_slip()) == PrintOutcome(Printed{Proof::sent_only}));
  EscposPrinter expected(wire_to(fake), epson());
  CHECK(expected.print(short_slip()) == PrintOutcome(Unsure{PrinterTrouble::silent}));
}

TEST_CASE("printer: an answer of the job before does not confirm this one") {
  FakePrinter fake;
  auto wire = wire_to(fake);
  wire->open({});
  const Bytes late_question{0x1D, 'r', 1};
  wire->write(late_question, {});
  fake.knows_gs_r = false;
  EscposPrinter printer(std::move(wire), epson());
  CHECK(printer.print(short_slip()) == PrintOutcome(Unsure{PrinterTrouble::silent}));
}

TEST_CASE("printer: each way not to open has its word") {
  for (const auto& [error, trouble] :
       {std::pair{LinkError::unreachable, PrinterTrouble::unreachable},
        std::pair{LinkError::timed_out, PrinterTrouble::unreachable},
        std::pair{LinkError::refused, PrinterTrouble::busy},
        std::pair{LinkError::missing, PrinterTrouble::missing},
        std::pair{LinkError::no_permission, PrinterTrouble::no_permission}}) {
    FakePrinter fake;
    auto wire = std::make_unique<ScriptedTransport>(fake);
    wire->open_error = error;
    EscposPrinter printer(std::move(wire), epson());
    CHECK(printer.print(short_slip()) == PrintOutcome(NotSent{trouble}));
  }
}

TEST_CASE("printer: into a file it is sent and cannot be confirmed") {
  const tests::TempFolder folder;
  const std::string path = folder / "slips.bin";
  EscposPrinter printer(std::make_unique<FileTransport>(path), epson());
  CHECK(printer.print(short_slip()) == PrintOutcome(Printed{Proof::sent_only}));
  CHECK(printer.print(short_slip()) == PrintOutcome(Printed{Proof::sent_only}));
  CHECK(std::filesystem::file_size(path) == 2 * escpos_bytes(short_slip(), epson()).size());
}

TEST_CASE("drawer: the pulse comes alone, without initialising the printer") {
  FakePrinter fake;
  EscposPrinter printer(wire_to(fake), epson());
  PrinterDrawer drawer(printer);
  CHECK(drawer.open().has_value());
  // Beside it there are only questions about the drawer's switch.
  CHECK(fake.document() == escpos_drawer_pulse(epson()));
  CHECK(NoDrawer().open().has_value());
}

TEST_CASE("drawer: a pulse that was cut is an error") {
  FakePrinter fake;
  EscposPrinter printer(wire_to(fake, {.cut_after = 2}), epson());
  CHECK(printer.open_drawer() == tl::unexpected(PrinterTrouble::cut));
}

TEST_CASE("simulated printer: the window gets each slip, and the newest are kept") {
  int shown = 0;
  SimulatedPrinter printer([&](const Document&) { ++shown; });
  for (int i = 0; i < 25; ++i) printer.print(Document{}.add(text_line(std::to_string(i))));
  CHECK(shown == 25);
  CHECK(printer.slips().size() == 20);
  CHECK(printer.slips().back() == Document{}.add(text_line("24")));
  printer.set_condition(PrinterCondition::paper_out);
  printer.print(short_slip());
  printer.set_condition(PrinterCondition::ready);
  CHECK(printer.print(short_slip()) == PrintOutcome(Printed{}));
  CHECK(shown == 26);
}
