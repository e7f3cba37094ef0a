// The text of the QR code on a German receipt, version V0 (DSFinV-K 2.4, Anhang I):
//   V0;<till>;<processType>;<processData>;<transaction>;<counter>;<start>;<log time>;
//   <algorithm>;<time format>;<signature>;<public key>
// Times are UTC to the millisecond, bytes are BASE64. A wrong second or an altered letter,
// and the signature no longer holds. Pure; the picture is drivers/printer/symbols.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/fiscal/process_data.h"

namespace core::fiscal {

struct SignedReceipt {
  std::string till;  // its serial, as the device knows it
  ProcessData process;
  std::int64_t transaction = 0;
  std::int64_t counter = 0;  // of the finish
  Instant started{};         // the device's time of the start
  Instant finished{};        // and of the finish, which is signed
  std::string algorithm;     // "ecdsa-plain-SHA256"
  std::string time_format;   // "unixTime", "utcTime", "generalizedTime" ...
  std::string signature;     // raw bytes
  std::string public_key;    // raw bytes: the uncompressed point; seen too: as SubjectPublicKeyInfo
  friend bool operator==(const SignedReceipt&, const SignedReceipt&) = default;
};

std::string qr_text(const SignedReceipt& receipt);

// What of a text cannot be read.
enum class QrFault {
  no_qr,  // it does not begin as V0, or has too few fields
  transaction,
  counter,
  started,
  finished,
  signature,
  public_key,
};
std::string_view in_words(QrFault fault);  // English, to follow "the QR code: "

// Line ends and blanks around the text do not count; semicolons within processData do no harm.
Result<SignedReceipt, QrFault> qr_from(std::string_view text);

}  // namespace core::fiscal
