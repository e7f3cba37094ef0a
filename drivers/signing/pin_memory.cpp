#include "drivers/signing/pin_memory.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>

#include "core/base/base64.h"
#include "core/base/ensure.h"
#include "drivers/wire/json.h"

namespace drivers {

namespace {

using wire::in_quotes, wire::text_at;

// A PIN has five digits: that makes guessing it slow, and nothing makes it impossible.
constexpr int rounds = 50'000;
// One that was sent and not answered may have cost a try. Devices give three.
constexpr int most_unanswered = 2;

constexpr std::array<std::string_view, 3> fates{"sent", "accepted", "refused"};

std::string hash_of(const std::string& pin, const std::string& salt) {
  std::string hash(32, '\0');
  ENSURE(PKCS5_PBKDF2_HMAC(pin.data(), static_cast<int>(pin.size()),
                           reinterpret_cast<const unsigned char*>(salt.data()),
                           static_cast<int>(salt.size()), rounds, EVP_sha256(),
                           static_cast<int>(hash.size()),
                           reinterpret_cast<unsigned char*>(hash.data())) == 1);
  return hash;
}

std::string new_salt() {
  std::string salt(16, '\0');
  ENSURE(RAND_bytes(reinterpret_cast<unsigned char*>(salt.data()), static_cast<int>(salt.size())) ==
         1);
  return salt;
}

std::string text_of(const SigningFailure& failure) {
  return wire::object({{"says", in_quotes(failure.says)},
                       {"detail", in_quotes(failure.detail)},
                       {"tries_left", std::to_string(failure.tries_left)}});
}

SigningFailure failure_from(const nlohmann::json& json) {
  const auto left = wire::number_at(json, "tries_left").value_or(-1);
  return {SigningFault::needs_person, text_at(json, "says"), text_at(json, "detail"),
          static_cast<int>(left)};
}

}  // namespace

PinMemory::PinMemory(std::string_view text, Keep keep) : keep_(std::move(keep)) {
  const auto json = wire::read_json(text);
  if (!json || !json->is_object()) return;
  for (const auto& [user, kept] : json->items()) {
    Entry entry;
    entry.salt = core::from_hex(text_at(kept, "salt")).value_or(std::string());
    entry.hash = core::from_hex(text_at(kept, "hash")).value_or(std::string());
    const std::string fate = text_at(kept, "fate");
    for (std::size_t i = 0; i < fates.size(); ++i) {
      if (fate == fates[i]) entry.fate = static_cast<Fate>(i);
    }
    entry.unanswered = static_cast<int>(wire::number_at(kept, "unanswered").value_or(0));
    entry.failure = failure_from(wire::member(kept, "failure"));
    if (!entry.salt.empty() && !entry.hash.empty()) entries_[user] = std::move(entry);
  }
}

PinMemory::Entry* PinMemory::entry_of(const std::string& user, const std::string& pin) {
  const auto found = entries_.find(user);
  if (found == entries_.end()) return nullptr;
  return hash_of(pin, found->second.salt) == found->second.hash ? &found->second : nullptr;
}

bool PinMemory::keep() const {
  std::string text = "{";
  for (const auto& [user, entry] : entries_) {
    if (text.size() > 1) text += ",\n";
    text += in_quotes(user) + ":" +
            wire::object({{"salt", in_quotes(core::to_hex(entry.salt))},
                          {"hash", in_quotes(core::to_hex(entry.hash))},
                          {"fate", in_quotes(fates[static_cast<std::size_t>(entry.fate)])},
                          {"unanswered", std::to_string(entry.unanswered)},
                          {"failure", text_of(entry.failure)}});
  }
  return keep_(text + "}\n");
}

std::optional<SigningFailure> PinMemory::why_not(const std::string& user, const std::string& pin) {
  Entry* entry = entry_of(user, pin);
  if (!entry) {
    Entry& anew = entries_[user];
    anew = {};
    anew.salt = new_salt();
    anew.hash = hash_of(pin, anew.salt);
    entry = &anew;
  }
  if (entry->fate == Fate::accepted) return {};
  if (entry->fate == Fate::refused) return entry->failure;
  if (entry->unanswered >= most_unanswered) {
    return SigningFailure{
        SigningFault::needs_person,
        "It is not known whether the TSE takes this PIN: the answers were lost. Please type it "
        "again in the settings.",
        ""};
  }
  ++entry->unanswered;
  if (keep()) return {};
  --entry->unanswered;
  return SigningFailure{SigningFault::needs_person,
                        "No PIN is sent, for what becomes of it could not be written down: is the "
                        "disk full?",
                        ""};
}

void PinMemory::judge(const std::string& user, const std::string& pin, Fate fate,
                      const SigningFailure& failure) {
  Entry* entry = entry_of(user, pin);
  if (!entry || (entry->fate == fate && fate == Fate::accepted)) return;
  entry->fate = fate;
  entry->unanswered = 0;
  entry->failure = failure;
  keep();  // where it fails, the note that it was sent stands
}

void PinMemory::accepted(const std::string& user, const std::string& pin) {
  judge(user, pin, Fate::accepted, {});
}

void PinMemory::refused(const std::string& user, const std::string& pin,
                        const SigningFailure& failure) {
  judge(user, pin, Fate::refused, failure);
}

void PinMemory::forget(const std::string& user) {
  if (entries_.erase(user) > 0) keep();
}

void PinMemory::typed(const std::string& user) {
  const auto found = entries_.find(user);
  if (found != entries_.end() && found->second.fate == Fate::sent) forget(user);
}

}  // namespace drivers
