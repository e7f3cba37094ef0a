// Any bytes as a nexo message, in clear and locked: what can be read is written
// to what reads the same, and no card number of more than four digits comes out.
#include <cstdlib>

#include "drivers/terminal/masking.h"
#include "drivers/terminal/nexo/codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace drivers::nexo;
  static const SharedKey key{"mykey", 1, keys_from("fuzz")};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)read_locked(text, key);
  (void)drivers::without_card_numbers(line_in(text));
  const auto message = read(text);
  if (!message) return 0;
  if (const auto* payment = std::get_if<PaymentResponse>(&message->body)) {
    if (payment->pan_end.size() > 4) std::abort();
  }
  const std::string locked = write_locked(*message, key, Nonce{});
  // Amounts are written as they came, so that only a sound one can be read again.
  if (const auto again = read_locked(locked, key)) {
    if (again->body.index() != message->body.index()) std::abort();
  }
  return 0;
}
