// What a till and the host of an Epson TSE say to each other: ePOS-Device XML over a
// stream, one element and a NUL a message, and the JSON inside ("Germany Fiscal Element
// JSON Specification" M00124202 rev. C; "TSE Developer's Guide" 1.0.1, chapter 3). Pure.
//
// Read tolerantly, as hosts and their clients write: text outside the element counts
// for nothing, JSON comes raw or with its quotes escaped, an element is found by its
// name at any depth.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/transport/transport.h"

namespace drivers::epson {

inline constexpr std::size_t largest_message = std::size_t{8} << 20;
inline constexpr std::size_t largest_request = std::size_t{64} << 10;  // specification 2.2

// --- what the till says: an element, without the NUL ---

std::string open_device(std::string_view device);
std::string close_device(std::string_view device);
// Takes up the connection that was lost: what was under way for it is sent again.
std::string reconnect(std::string_view lost_client, std::string_view client,
                      std::string_view last_data_id);
std::string operate(std::string_view device, Milliseconds patience, std::string_view json);

// The JSON of one call. `input` is an object; the vendor of GetStorageInfo is empty.
std::string request(std::string_view function, std::string_view vendor, std::string_view input);

// --- what the host says ---

enum class Said { connected, device_opened, device_closed, reconnected, result, nothing };
struct Message {
  Said said = Said::nothing;
  std::string client_id{};  // of `connected`
  std::string code{};       // OK, SUCCESS, DEVICE_IN_USE, ...
  std::string data_id{};
  std::string result{};  // of `result`: the JSON
};
Message read_message(std::string_view text);

// The answer of the TSE itself.
struct Reply {
  std::string result{};  // EXECUTION_OK, or an error
  std::string function{};
  nlohmann::json output{};  // numbers are texts: see drivers/wire/json.h
  bool is_ok() const { return result == "EXECUTION_OK"; }
};
std::optional<Reply> read_reply(std::string_view json);

// Cuts a stream into messages.
class MessageReader {
 public:
  void feed(ByteView bytes);
  // The next whole one, without its NUL.
  std::optional<std::string> next();
  // What has come is longer than any message: nobody knows where it ends.
  bool is_too_long() const { return waiting_.size() - at_ > largest_message; }
  bool is_inside() const { return at_ < waiting_.size(); }  // a message has begun
  void clear();

 private:
  std::string waiting_;
  std::size_t at_ = 0;        // where the next message begins
  std::size_t searched_ = 0;  // up to here there is no NUL behind it
};

// hash = base64(SHA-256(challenge ‖ key)), what every log-in shows.
std::string challenge_hash(std::string_view challenge, std::string_view key);

}  // namespace drivers::epson
