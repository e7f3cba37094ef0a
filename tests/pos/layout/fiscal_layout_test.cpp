#include "pos/layout/fiscal_layout.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "core/fiscal/qr.h"
#include "drivers/printer/profiles.h"
#include "drivers/printer/symbols.h"
#include "pos/layout/fiscal_words.h"
#include "pos/layout/receipt_layout.h"
#include "tests/support/receipts.h"

namespace {

using namespace std::chrono_literals;
using core::ReceiptSigning;

const pos::Words& german() {
  static const pos::Translations loaded = pos::Translations::load();
  return loaded(pos::Language::german);
}

core::Receipt signed_sale() {
  core::Receipt receipt = tests::plain_sale();
  ReceiptSigning signing;
  signing.state = ReceiptSigning::State::is_signed;
  signing.client = "TRESEN0123456789ABCDEF01234567";
  signing.process_type = "Kassenbeleg-V1";
  signing.process_data = "Beleg^11.61_16.17_0.00_0.00_0.00^27.78:Bar";
  signing.device.serial = std::string(64, 'a');
  signing.device.public_key = std::string(97, '\4');
  signing.device.algorithm = "ecdsa-plain-SHA384";
  signing.device.time_format = "unixTime";
  const core::Instant end = receipt.finished;
  signing.start = core::DeviceSignature{512, 1023, end - 40s, "start", signing.device.serial};
  signing.finish =
      core::DeviceSignature{512, 1024, end, std::string(96, '\7'), signing.device.serial};
  receipt.signing = signing;
  return receipt;
}

std::string all_text(const drivers::Document& slip) {
  std::string text;
  for (const drivers::Block& block : slip.blocks) {
    if (const auto* line = std::get_if<drivers::TextLine>(&block)) {
      for (const drivers::Run& run : line->runs) text += run.text;
    } else if (const auto* row = std::get_if<drivers::Row>(&block)) {
      for (const drivers::Cell& cell : row->cells) text += cell.text + " ";
    }
    text += "\n";
  }
  return text;
}

const drivers::Qr* qr_of(const drivers::Document& slip) {
  for (const drivers::Block& block : slip.blocks) {
    if (const auto* qr = std::get_if<drivers::Qr>(&block)) return qr;
  }
  return nullptr;
}

drivers::Document slip_with(const core::Receipt& receipt, const std::string& code) {
  return pos::receipt_slip(receipt, core::SlipForm::original, german(), 48, code);
}

}  // namespace

TEST_CASE("fiscal slip: the code says all that was signed, in dots that a poor scan reads") {
  const auto slip = slip_with(signed_sale(), "qr");
  const drivers::Qr* qr = qr_of(slip);
  REQUIRE(qr);
  CHECK(qr->level == drivers::QrLevel::medium);
  const auto read = core::fiscal::qr_from(qr->text);
  REQUIRE(read);
  CHECK(read->transaction == 512);
  CHECK(read->counter == 1024);
  CHECK(read->process.data == "Beleg^11.61_16.17_0.00_0.00_0.00^27.78:Bar");
  const auto symbol = drivers::symbol_of(*qr);
  REQUIRE(symbol);
  CHECK(drivers::module_dots(*symbol, drivers::profile("generic-80")) >= 4);
  CHECK(all_text(slip).find("Prüfwert") == std::string::npos);
}

TEST_CASE("fiscal slip: written out it has every field of KassenSichV section 6") {
  const auto slip = slip_with(signed_sale(), "text");
  CHECK_FALSE(qr_of(slip));
  const std::string text = all_text(slip);
  for (const char* field : {"TSE-Transaktion 512", "Beginn", "Ende", "Signaturzähler 1024",
                            "TRESEN0123456789ABCDEF01234567", "Seriennummer der TSE", "Prüfwert"}) {
    CAPTURE(field);
    CHECK(text.find(field) != std::string::npos);
  }
  CHECK(text.find(std::string(64, 'a')) != std::string::npos);
}

TEST_CASE("fiscal slip: an outage stands on it in words, with the till's own times") {
  core::Receipt receipt = signed_sale();
  receipt.signing->state = ReceiptSigning::State::missed;
  receipt.signing->finish.reset();
  for (const char* code : {"qr", "text"}) {
    const auto slip = slip_with(receipt, code);
    CHECK_FALSE(qr_of(slip));
    const std::string text = all_text(slip);
    CHECK(text.find("TSE ausgefallen") != std::string::npos);
    CHECK(text.find("Beginn") != std::string::npos);
    CHECK(text.find("TSE-Transaktion") == std::string::npos);
  }
}

TEST_CASE("fiscal slip: TEST stands across what a software device has signed") {
  core::Receipt receipt = signed_sale();
  receipt.signing->device.is_test = true;
  const std::string text = all_text(slip_with(receipt, "qr"));
  const auto first = text.find("*** TEST ***");
  REQUIRE(first != std::string::npos);
  CHECK(text.find("*** TEST ***", first + 1) != std::string::npos);
  CHECK(text.find("TEST: nicht von einer zertifizierten TSE signiert") != std::string::npos);
}

TEST_CASE("fiscal slip: a shop that signs nothing has the slip that it had") {
  const core::Receipt receipt = tests::plain_sale();
  CHECK(all_text(slip_with(receipt, "qr")) == all_text(slip_with(receipt, "both")));
  CHECK(pos::fiscal_lines(receipt, german()).empty());
}

TEST_CASE("fiscal slip: a mail says the same, written out") {
  const auto lines = pos::fiscal_lines(signed_sale(), german());
  REQUIRE_FALSE(lines.empty());
  const auto has = [&](std::string_view begin) {
    return std::ranges::any_of(lines,
                               [&](const std::string& line) { return line.starts_with(begin); });
  };
  CHECK(has("TSE-Transaktion: 512"));
  CHECK(has("Prüfwert: "));
}
