#include "sync/upstream/medusa/reply.h"

#include <fmt/format.h>

namespace syncing::medusa {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_quote = 300;
// A request whose answer was lost may still be running over there; asking again
// before it has ended could do the same twice.
constexpr std::chrono::seconds settling_time = 5s;

std::string base64(std::string_view text) {
  static constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string coded;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      three = three << 8U | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      coded += i + k > text.size() ? '=' : letters[three >> (18 - 6 * k) & 63U];
    }
  }
  return coded;
}

HttpRequest request(const Api& api, std::string method, std::string_view path, std::string body) {
  HttpRequest made{std::move(method),
                   api.address + std::string(path),
                   {"Authorization: Basic " + base64(api.key + ":"), "Accept: application/json"},
                   std::move(body)};
  if (!made.body.empty()) made.headers.emplace_back("Content-Type: application/json");
  return made;
}

Answer lost(const Heard& heard) {
  Answer answer = link_is_down(heard.trouble);
  if (heard.may_have_arrived) answer.retry_after = settling_time;
  return answer;
}

std::optional<Answer> status_trouble(const Heard& heard) {
  const auto later = [&](std::string reason) {
    Answer answer = link_is_down(std::move(reason));
    answer.retry_after = heard.retry_after;
    return answer;
  };
  if (heard.status == 401) return later("Medusa does not accept the key. Enter a new one.");
  if (heard.status == 403) return later("Medusa does not let this key do that.");
  if (heard.status == 408 || heard.status == 429) return later("Medusa asks to slow down.");
  if (heard.status >= 500) {
    return later(fmt::format("Medusa answers with an error ({}).", heard.status));
  }
  if (heard.status >= 300 && heard.status < 400) {
    return later("This address sends us elsewhere. Enter the one of Medusa itself.");
  }
  return {};
}

}  // namespace

HttpRequest Api::get(std::string_view path) const {
  return request(*this, "GET", path, "");
}

HttpRequest Api::post(std::string_view path, const Json& body) const {
  return request(*this, "POST", path, body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

HttpRequest Api::remove(std::string_view path) const {
  return request(*this, "DELETE", path, "");
}

Reply reply_of(const Heard& heard) {
  if (!heard.trouble.empty()) return {{}, {}, lost(heard)};
  if (auto trouble = status_trouble(heard)) return {{}, {}, trouble};
  Reply reply{Json::parse(heard.body, nullptr, false), {}, {}};
  if (!reply.json.is_object()) {
    const bool page = is_page(heard);
    reply.trouble =
        link_is_down(page ? "A web page answers instead of Medusa: is the address right, or is "
                            "there a proxy between?"
                          : "The answer was cut off on its way.");
    if (!page) reply.trouble->retry_after = settling_time;
    return reply;
  }
  if (heard.status >= 400) {
    std::string message = text_at(reply.json, "message");
    if (message.size() > longest_quote) message.resize(longest_quote);
    reply.refused = Refused{heard.status, text_at(reply.json, "type"), text_at(reply.json, "code"),
                            std::move(message)};
  }
  return reply;
}

// The shortest decimal that reads back as the double is what is written, so two
// digits stay two digits.
Json number(core::Money amount) {
  return Json::parse(core::to_plain(amount));
}

}  // namespace syncing::medusa
