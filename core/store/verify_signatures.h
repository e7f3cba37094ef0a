// Whether receipts, journal and signatures of a store belong together: every receipt since the
// first that was signed is signed, or went out in an outage that is on record; what was signed
// is what the receipt says; and the journal says the same.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>

#include "core/fiscal/signing.h"
#include "core/store/database.h"

namespace core {

struct SignaturesSound {
  std::int64_t is_signed = 0, missed = 0, waiting = 0;
};
struct SignaturesBroken {
  std::string receipt;  // the first that is wrong: its code
  std::string what;     // English, to follow it
};
// Whether the device has signed it; an empty text: it has. The cryptography is the caller's.
using ProveSignature = std::function<std::string(const ReceiptSigning&)>;

std::variant<SignaturesSound, SignaturesBroken> verify_signatures(Database& database,
                                                                  const ProveSignature& prove);

}  // namespace core
