#include <algorithm>
#include <cctype>
#include <string_view>

#include "drivers/printer/network_search.h"
#include "drivers/wire/ber.h"

namespace drivers {

namespace {

std::string_view chars_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Up to the first byte that is no letter, digit or sign; at most so many.
std::string words_from(std::string_view bytes) {
  constexpr std::size_t longest = 64;
  const auto end = std::ranges::find_if(bytes, [](char c) { return c < 0x20 || c > 0x7E; });
  const auto count = static_cast<std::size_t>(end - bytes.begin());
  return std::string(bytes.substr(0, std::min(count, longest)));
}

// What an element of this tag holds, taken off the front of `bytes`.
std::optional<std::string_view> take(std::string_view& bytes, unsigned char tag) {
  const auto element = ber::take(bytes);
  if (!element || element->tag != tag) return {};
  return element->content;
}

constexpr unsigned char response = ber::context | ber::constructed | 2;
constexpr std::string_view system_description = "1.3.6.1.2.1.1.1.0";

}  // namespace

Bytes enpc_question() {
  return {'E', 'P', 'S', 'O', 'N', 'Q', 3, 0, 0, 0, 0, 0, 0, 0};
}

std::optional<std::string> enpc_model(ByteView answer) {
  constexpr std::string_view head = "EPSONq";
  constexpr std::size_t model_at = 19;
  if (answer.size() < 14 || !std::equal(head.begin(), head.end(), answer.begin())) return {};
  if (answer[10] != 0 || answer[11] != 0) return {};
  return words_from(chars_of(answer).substr(std::min(model_at, answer.size())));
}

Bytes snmp_question() {
  return {0x30, 0x26, 0x02, 0x01, 0x00, 0x04, 0x06, 'p',  'u',  'b',  'l',  'i',  'c',  0xA0,
          0x19, 0x02, 0x01, 0x01, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x30, 0x0E, 0x30, 0x0C,
          0x06, 0x08, 0x2B, 0x06, 0x01, 0x02, 0x01, 0x01, 0x01, 0x00, 0x05, 0x00};
}

std::optional<std::string> snmp_description(ByteView answer) {
  std::string_view bytes = chars_of(answer);
  auto message = take(bytes, ber::sequence);
  if (!message || !take(*message, ber::integer) || !take(*message, ber::octet_string)) return {};
  auto said = take(*message, response);
  for (int head = 0; head < 3; ++head) {
    if (!said || !take(*said, ber::integer)) return {};
  }
  auto variables = take(*said, ber::sequence);
  auto variable = variables ? take(*variables, ber::sequence) : std::nullopt;
  const auto name = variable ? take(*variable, ber::object_id) : std::nullopt;
  if (!name || ber::object_id_text(*name) != system_description) return {};
  const auto text = take(*variable, ber::octet_string);
  if (!text) return {};
  return words_from(*text);
}

bool is_receipt_printer(std::string_view description) {
  std::string small(description);
  std::ranges::transform(small, small.begin(), [](unsigned char c) { return std::tolower(c); });
  constexpr const char* names[] = {"tm-",  "receipt", "ub-e", "srp-", "ct-s",   "tsp",
                                   "mc-p", "rp-",     "pos ", "spp-", "thermal"};
  return std::ranges::any_of(
      names, [&](const char* name) { return small.find(name) != std::string::npos; });
}

}  // namespace drivers
