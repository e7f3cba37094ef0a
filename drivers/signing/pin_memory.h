// What became of the PINs that were sent to signing devices, so that a program that is
// started again, by a person or by a watchdog, never sends one that was refused: some tries,
// and the device is blocked. That a PIN goes out is written down before it does; one that the
// device took once needs no such note.
//
// Kept as text without any PIN: of each, what a slow hash makes of it. No thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/signing/signing_device.h"

namespace drivers {

class PinMemory {
 public:
  // False: it could not be kept.
  using Keep = std::function<bool(const std::string& text)>;

  PinMemory() = default;  // remembers for as long as it lives
  // `text`: as it was kept; what cannot be read says nothing.
  PinMemory(std::string_view text, Keep keep);

  // Before the PIN of `user` is sent. Why it must not be; nothing: it may.
  std::optional<SigningFailure> why_not(const std::string& user, const std::string& pin);
  // The device has judged it. `refused`: what the till says of that from now on.
  void accepted(const std::string& user, const std::string& pin);
  void refused(const std::string& user, const std::string& pin, const SigningFailure& failure);
  // A person has set a new one with the PUK: nothing that was before counts.
  void forget(const std::string& user);
  // A person typed it just now: unanswered tries count no longer, a refusal does.
  void typed(const std::string& user);

 private:
  enum class Fate { sent, accepted, refused };
  struct Entry {
    std::string salt, hash;  // raw
    Fate fate = Fate::sent;
    int unanswered = 0;
    SigningFailure failure{};  // of one that was refused
  };

  Entry* entry_of(const std::string& user, const std::string& pin);  // null: none of this PIN
  void judge(const std::string& user, const std::string& pin, Fate fate,
             const SigningFailure& failure);
  bool keep() const;

  std::map<std::string, Entry> entries_;  // of a device and its user
  Keep keep_ = [](const std::string&) { return true; };
};

}  // namespace drivers
