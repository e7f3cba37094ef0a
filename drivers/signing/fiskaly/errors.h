// What an answer of fiskaly SIGN DE V2 means for a till (its public OpenAPI and error
// list, developer.fiskaly.com). Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "drivers/signing/signing_device.h"
#include "drivers/transport/web.h"

namespace drivers::fiskaly {

// What a till does by itself before it gives up.
enum class Repair {
  none,
  again,      // at most twice: a disturbance over there
  log_in,     // the token is over
  look_it_up  // the revision is not the next: ask for the transaction
};

struct Reply {
  long status = 0;
  nlohmann::json json{};  // an object; numbers are texts: see drivers/wire/json.h
  std::string code{};     // E_TX_UPSERT; empty: none
  bool is_ok() const { return status >= 200 && status < 300; }
};

// Nothing where it is no JSON object: a page in HTML, whatever its status.
std::optional<Reply> read_reply(const WebAnswer& answer);

Repair repair_of(const Reply& reply);
// Of an answer that is not good.
SigningFailure failure_of(const Reply& reply);
// Of one that is none. What `has_left` may have been carried out.
SigningFailure failure_of(HttpsTrouble trouble, bool has_left);
SigningFailure unreadable();

}  // namespace drivers::fiskaly
