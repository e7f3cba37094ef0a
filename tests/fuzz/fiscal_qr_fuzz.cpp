// Any bytes as the text of a receipt's QR code: what is read is written as what reads the
// same, and can be held against its key.
#include "core/base/ensure.h"
#include "core/fiscal/qr.h"
#include "drivers/signing/proof.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto read = core::fiscal::qr_from({reinterpret_cast<const char*>(data), size});
  if (!read) return 0;
  ENSURE(core::fiscal::qr_from(core::fiscal::qr_text(*read)) == *read);
  static_cast<void>(drivers::prove(
      {read->till, read->process.type, read->process.data, read->transaction, read->counter,
       read->finished, read->algorithm, read->time_format, read->signature, read->public_key}));
  return 0;
}
