// What is said to Medusa's Admin API and what its answers mean. Pure. Medusa 2,
// tried with 2.21; amounts are decimal numbers in major units.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "sync/base/answer.h"
#include "sync/base/http.h"
#include "sync/upstream/json/json_values.h"

namespace syncing::medusa {

// Where it is and who we are there.
struct Api {
  std::string address;  // "https://shop.example", without a slash at the end
  std::string key;      // secret API key, "sk_..."

  HttpRequest get(std::string_view path) const;
  HttpRequest post(std::string_view path, const Json& body) const;
  HttpRequest remove(std::string_view path) const;
};

// What Medusa refused to do, in its words.
struct Refused {
  long status = 0;
  std::string type;  // "invalid_data", "not_allowed", "not_found"
  std::string code;  // "insufficient_inventory"; may be empty
  std::string message;
};

// Its answer: JSON, its refusal, or why there is none.
struct Reply {
  Json json;
  std::optional<Refused> refused;
  std::optional<Answer> trouble;  // nothing is known of what was asked
  bool is_good() const { return !refused && !trouble; }
};
Reply reply_of(const Heard& heard);

Json number(core::Money amount);  // 35.98, exact in its decimal digits

}  // namespace syncing::medusa
