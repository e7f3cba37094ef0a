#include "pos/layout/fiscal_words.h"

#include <fmt/format.h>

#include "core/base/base64.h"
#include "core/fiscal/qr.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using core::ReceiptSigning;

// To the second, in the shop's time: what is signed is UTC, and stands in the code.
std::string moment(core::Instant at, const core::Receipt& receipt, const Words& words) {
  const core::LocalTime local = core::local_time(at, receipt.shop.time_zone);
  return fmt::format("{} {:02}:{:02}:{:02}", date_text(local, words.language()), local.hour,
                     local.minute, local.second);
}

std::string qr_of(const ReceiptSigning& signing) {
  core::fiscal::SignedReceipt code;
  code.till = signing.client;
  code.process = {signing.process_type, signing.process_data};
  code.transaction = signing.finish->number;
  code.counter = signing.finish->counter;
  code.started = signing.start->time;
  code.finished = signing.finish->time;
  code.algorithm = signing.device.algorithm;
  code.time_format = signing.device.time_format;
  code.signature = signing.finish->value;
  code.public_key = signing.device.public_key;
  return core::fiscal::qr_text(code);
}

void add_signature(FiscalWords& said, const core::Receipt& receipt, const Words& words) {
  const ReceiptSigning& signing = *receipt.signing;
  said.facts.push_back(
      {std::string(words("TSE transaction")), std::to_string(signing.finish->number)});
  said.facts.push_back({std::string(words("Begin")), moment(signing.start->time, receipt, words)});
  said.facts.push_back({std::string(words("End")), moment(signing.finish->time, receipt, words)});
  said.facts.push_back(
      {std::string(words("Signature counter")), std::to_string(signing.finish->counter)});
  said.facts.push_back({std::string(words("Till serial")), signing.client});
  said.lengthy = {std::string(words("Serial of the TSE")), signing.device.serial,
                  std::string(words("Check value")), core::to_base64(signing.finish->value)};
  said.qr = qr_of(signing);
}

}  // namespace

FiscalWords fiscal_words(const core::Receipt& receipt, const Words& words) {
  FiscalWords said;
  if (!receipt.signing) return said;
  const ReceiptSigning& signing = *receipt.signing;
  said.is_test = signing.device.is_test;
  if (said.is_test) said.marks.emplace_back(words("TEST: signed by no certified device"));
  switch (signing.state) {
    case ReceiptSigning::State::is_signed:
      if (signing.start && signing.finish) add_signature(said, receipt, words);
      break;
    case ReceiptSigning::State::missed:
      said.marks.emplace_back(words("TSE out of order"));
      said.facts.push_back({std::string(words("Begin")), moment(receipt.started, receipt, words)});
      said.facts.push_back({std::string(words("End")), moment(receipt.finished, receipt, words)});
      said.facts.push_back({std::string(words("Till serial")), signing.client});
      break;
    case ReceiptSigning::State::waiting:
      said.marks.emplace_back(words("Not signed yet"));
      break;
  }
  return said;
}

std::vector<std::string> fiscal_lines(const core::Receipt& receipt, const Words& words) {
  const FiscalWords said = fiscal_words(receipt, words);
  std::vector<std::string> lines = said.marks;
  for (const Fact& fact : said.facts) lines.push_back(fact.label + ": " + fact.value);
  for (std::size_t i = 0; i + 1 < said.lengthy.size(); i += 2) {
    lines.push_back(said.lengthy[i] + ": " + said.lengthy[i + 1]);
  }
  return lines;
}

}  // namespace pos
