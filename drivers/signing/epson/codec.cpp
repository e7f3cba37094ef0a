#include "drivers/signing/epson/codec.h"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/base64.h"
#include "core/base/text.h"
#include "drivers/wire/json.h"

namespace drivers::epson {

namespace {

struct Entity {
  std::string_view name;
  char letter;
};
constexpr std::array entities{Entity{"&quot;", '"'}, Entity{"&amp;", '&'}, Entity{"&lt;", '<'},
                              Entity{"&gt;", '>'}, Entity{"&apos;", '\''}};

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    const auto found = std::find_if(entities.begin(), entities.end(),
                                    [&](const Entity& entity) { return entity.letter == c; });
    if (found == entities.end()) {
      out += c;
    } else {
      out += found->name;
    }
  }
  return out;
}

// "&#65;", "&#x41;" at the beginning of `text`: how long it is; 0: it is none.
std::size_t numbered(std::string_view text, std::string& out) {
  if (!text.starts_with("&#")) return 0;
  const bool is_hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const char* begin = text.data() + (is_hex ? 3 : 2);
  std::uint32_t code = 0;
  const auto read = std::from_chars(begin, text.data() + text.size(), code, is_hex ? 16 : 10);
  if (read.ec != std::errc() || read.ptr == text.data() + text.size() || *read.ptr != ';') return 0;
  core::append_utf8(out, code > 0x10FFFF ? U'\uFFFD' : static_cast<char32_t>(code));
  return static_cast<std::size_t>(read.ptr - text.data()) + 1;
}

// An ampersand that begins no entity is itself: JSON that nobody escaped may hold one.
std::string unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('&'), text.size());
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    if (const std::size_t length = numbered(text, out)) {
      text.remove_prefix(length);
      continue;
    }
    const auto found = std::find_if(entities.begin(), entities.end(), [&](const Entity& entity) {
      return text.starts_with(entity.name);
    });
    out += found == entities.end() ? '&' : found->letter;
    text.remove_prefix(found == entities.end() ? 1 : found->name.size());
  }
  return out;
}

// What stands in the first element of that name, or up to the last end of one; nothing
// where there is none.
enum class End { first, last };
struct Found {
  std::size_t begin = 0, end = 0;  // with its tags
  std::string_view inside{};
};
std::optional<Found> element(std::string_view text, std::string_view name, End which) {
  const std::string open = "<" + std::string(name), close = "</" + std::string(name);
  for (std::size_t at = text.find(open); at != text.npos; at = text.find(open, at + 1)) {
    const std::size_t behind = at + open.size();
    if (behind >= text.size()) return {};
    if (std::string_view(" \t\r\n/>").find(text[behind]) == std::string_view::npos) continue;
    const std::size_t tag_end = text.find('>', behind);
    if (tag_end == text.npos) return {};
    if (text[tag_end - 1] == '/') return Found{at, tag_end + 1, {}};
    const std::size_t end = which == End::first ? text.find(close, tag_end) : text.rfind(close);
    if (end == text.npos || end < tag_end) return {};
    const std::size_t close_end = std::min(text.find('>', end), text.size() - 1);
    return Found{at, close_end + 1, text.substr(tag_end + 1, end - tag_end - 1)};
  }
  return {};
}

std::string text_in(std::string_view message, std::string_view name) {
  const auto found = element(message, name, End::first);
  return found ? unescaped(core::trim(found->inside)) : std::string();
}

// The JSON of a result: whatever stands between the first beginning and the last end, for
// JSON that is not escaped may hold what looks like a tag.
std::string json_in(std::string_view inside) {
  std::string_view text = core::trim(inside);
  constexpr std::string_view begin = "<![CDATA[", end = "]]>";
  if (text.starts_with(begin) && text.ends_with(end)) {
    return std::string(text.substr(begin.size(), text.size() - begin.size() - end.size()));
  }
  return unescaped(text);
}

bool has(std::string_view message, std::string_view name) {
  return element(message, name, End::first).has_value();
}

}  // namespace

std::string open_device(std::string_view device) {
  return fmt::format(
      "<open_device><device_id>{}</device_id><data><type>type_storage</type></data></open_device>",
      escaped(device));
}

std::string close_device(std::string_view device) {
  return fmt::format("<close_device><device_id>{}</device_id></close_device>", escaped(device));
}

std::string reconnect(std::string_view lost_client, std::string_view client,
                      std::string_view last_data_id) {
  return fmt::format(
      "<reconnect><data><old_client_id>{}</old_client_id><new_client_id>{}</new_client_id>"
      "<received_id>{}</received_id></data></reconnect>",
      escaped(lost_client), escaped(client), escaped(last_data_id));
}

std::string operate(std::string_view device, Milliseconds patience, std::string_view json) {
  return fmt::format(
      "<device_data><device_id>{}</device_id><data><type>operate</type><timeout>{}</timeout>"
      "<requestdata>{}</requestdata></data></device_data>",
      escaped(device), patience.count(), escaped(json));
}

std::string request(std::string_view function, std::string_view vendor, std::string_view input) {
  return fmt::format(R"({{"storage":{{"type":"{}","vendor":{}}},"function":{},"input":{},)"
                     R"("compress":{{"required":false,"type":""}}}})",
                     vendor.empty() ? "COMMON" : "TSE", wire::in_quotes(vendor),
                     wire::in_quotes(function), input);
}

Message read_message(std::string_view text) {
  Message message;
  std::string around(text);  // without the JSON, which may hold anything
  if (const auto result = element(text, "resultdata", End::last)) {
    message.said = Said::result;
    message.result = json_in(result->inside);
    around.erase(result->begin, result->end - result->begin);
  }
  message.code = text_in(around, "code");
  message.data_id = text_in(around, "data_id");
  message.client_id = text_in(around, "client_id");
  if (message.said == Said::result) return message;
  if (has(around, "open_device")) {
    message.said = Said::device_opened;
  } else if (has(around, "close_device")) {
    message.said = Said::device_closed;
  } else if (has(around, "reconnect")) {
    message.said = Said::reconnected;
  } else if (has(around, "connect")) {
    message.said = Said::connected;
  } else if (has(around, "device_data") || !message.code.empty()) {
    message.said = Said::result;  // one that failed before the TSE was asked
  }
  return message;
}

std::optional<Reply> read_reply(std::string_view json) {
  const auto read = wire::read_json(json);
  if (!read) return {};
  Reply reply{wire::text_at(*read, "result"), wire::text_at(*read, "function"),
              wire::member(*read, "output")};
  if (reply.result.empty()) return {};
  return reply;
}

void MessageReader::feed(ByteView bytes) {
  if (at_ > largest_message / 8 || at_ == waiting_.size()) {
    waiting_.erase(0, at_);
    searched_ -= std::min(searched_, at_);
    at_ = 0;
  }
  waiting_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

std::optional<std::string> MessageReader::next() {
  const std::size_t end = waiting_.find('\0', std::max(at_, searched_));
  if (end == std::string::npos) {
    searched_ = waiting_.size();
    return {};
  }
  std::string message = waiting_.substr(at_, end - at_);
  at_ = searched_ = end + 1;
  return message;
}

void MessageReader::clear() {
  waiting_.clear();
  at_ = searched_ = 0;
}

std::string challenge_hash(std::string_view challenge, std::string_view key) {
  const std::string text = std::string(challenge) + std::string(key);
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
  return core::to_base64({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

}  // namespace drivers::epson
