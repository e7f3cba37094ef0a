// What the till has signed: transactions, signatures, devices and outages, and the till's own
// serial. Signatures are only ever added to; triggers refuse everything else. The writing
// functions are called inside a Transaction of the register; the others work on any connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/fiscal/signing.h"
#include "core/store/database.h"

namespace core {

void insert_signing(Database& database, SigningTransaction& transaction);  // sets its row
void update_signing(Database& database, const SigningTransaction& transaction);
std::optional<SigningTransaction> find_signing(Database& database, SigningId id);
// The one of an order that goes on.
std::optional<SigningTransaction> signing_of_order(Database& database, std::int64_t order_row);
std::optional<SigningTransaction> signing_of_receipt(Database& database, std::int64_t receipt_row);
// Those with a step still to come, the oldest first.
std::vector<SigningTransaction> open_signings(Database& database);
// Whether a step was sent of which nobody knows what became.
bool has_unclear_step(Database& database);
bool has_signed(Database& database);  // anything, ever, or was to
// Whether the receipt can neither be printed nor mailed yet.
bool awaits_signature(Database& database, std::int64_t receipt_row);

void insert_signature(Database& database, const SigningTransaction& transaction, SigningVerb verb,
                      std::int64_t device_row, const DeviceSignature& signature);
std::optional<DeviceSignature> find_signature(Database& database, std::int64_t transaction_row,
                                              SigningVerb verb);
// The highest of a device; 0: none yet.
std::int64_t last_counter(Database& database, std::int64_t device_row);
// The device's time in the latest; nothing: none yet.
std::optional<Instant> last_signature_time(Database& database, std::string_view serial);
// What a receipt says of its signature; nothing: it asks for none.
std::optional<ReceiptSigning> receipt_signing(Database& database, std::int64_t receipt_row);
ReceiptSigning signing_facts(Database& database, const SigningTransaction& transaction);
std::string subject_of(Database& database, const SigningTransaction& transaction);

// Of a device that is known already: as it was seen just now. Sets its row.
void save_signing_device(Database& database, SigningDeviceFacts& device);
void note_archived(Database& database, std::string_view serial, Instant at);
// The latest that was adopted; nothing: none yet.
std::optional<SigningDeviceFacts> signing_device(Database& database);
std::vector<SigningDeviceFacts> signing_devices(Database& database);  // the latest first

void insert_outage(Database& database, SigningOutage& outage);  // sets its row
void end_outage(Database& database, std::int64_t row, Instant ended);
std::optional<SigningOutage> open_outage(Database& database);
std::vector<SigningOutage> outages(Database& database, std::int64_t limit);  // the latest first

}  // namespace core
