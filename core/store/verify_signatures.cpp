#include "core/store/verify_signatures.h"

#include <optional>

#include "core/orders/receipt_event.h"
#include "core/store/receipt_store.h"
#include "core/store/signing_store.h"

namespace core {

namespace {

bool says_what_was_signed(const Receipt& receipt, const ReceiptSigning& signing) {
  fiscal::ProcessData said{signing.process_type, signing.process_data};
  if (receipt.kind == ReceiptKind::z_report) return said.type == fiscal::other_type;
  if (receipt.kind == ReceiptKind::cash_movement) return said == event_of_cash(receipt.amount);
  return said == event_of(receipt);
}

// Nothing: it is as it must be.
std::string fault_of(Database& database, const Receipt& receipt, const ProveSignature& prove,
                     SignaturesSound& sound) {
  if (!receipt.signing) return "is neither signed nor of an outage";
  const ReceiptSigning& signing = *receipt.signing;
  if (!says_what_was_signed(receipt, signing)) return "says something else than was signed";
  if (signing.state == ReceiptSigning::State::waiting) {
    ++sound.waiting;
    return "";
  }
  const auto transaction = signing_of_receipt(database, receipt.row);
  auto entry = database.query(
      "SELECT content FROM journal WHERE seq > ? AND subject = ? AND kind IN ('signature', "
      "'unsigned') ORDER BY seq LIMIT 1");
  entry.with(receipt.journal_entry, receipt.code);
  if (!entry.next()) return "has a signature that the journal does not know";
  if (entry.view(0) != signing_text(*transaction, signing, receipt.code)) {
    return "has another signature than the journal says";
  }
  if (signing.state == ReceiptSigning::State::missed) {
    ++sound.missed;
    return "";
  }
  ++sound.is_signed;
  if (!signing.start || !signing.finish) return "has lost a signature";
  if (signing.start->number != signing.finish->number ||
      signing.finish->counter <= signing.start->counter) {
    return "has signatures of two transactions";
  }
  const std::string why_not = prove(signing);
  return why_not.empty() ? "" : "is not proven: " + why_not;
}

}  // namespace

std::variant<SignaturesSound, SignaturesBroken> verify_signatures(Database& database,
                                                                  const ProveSignature& prove) {
  SignaturesSound sound;
  std::vector<std::int64_t> rows;
  {
    // An X report moves nothing and is not signed.
    auto query = database.query(
        "SELECT row FROM receipts WHERE kind <> 5 AND row >= (SELECT min(receipt_row) FROM "
        "signing_transactions) ORDER BY row");
    while (query.next()) rows.push_back(query.integer(0));
  }
  for (const std::int64_t row : rows) {
    const auto receipt = load_receipt(database, row);
    if (!receipt) return SignaturesBroken{std::to_string(row), "cannot be read"};
    std::string fault = fault_of(database, *receipt, prove, sound);
    if (!fault.empty()) return SignaturesBroken{receipt->code, std::move(fault)};
  }
  return sound;
}

}  // namespace core
