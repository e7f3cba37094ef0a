#include "pos/desk/scene.h"

#include <array>
#include <filesystem>

#include "core/base/text.h"

namespace pos {

namespace {

constexpr std::array<std::string_view, 12> words{"sign-in", "sell",   "tender",    "orders",
                                                 "order",   "outbox", "settings",  "unresolved",
                                                 "reports", "shift",  "customers", "setup"};

}  // namespace

std::string_view word(Screen screen) {
  return words[static_cast<std::size_t>(screen)];
}

std::optional<Screen> screen_from(std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == word) return static_cast<Screen>(i);
  }
  return {};
}

LogoView shop_logo(const Scene& scene) {
  LogoView logo;
  const std::string_view name = core::trim(scene.till.settings.shop.name);
  const std::size_t blank = name.rfind(' ');
  const auto letters = core::code_points(blank == name.npos ? name : name.substr(blank + 1));
  if (!letters.empty()) core::append_utf8(logo.letter, letters.front());
  const std::string& file = scene.till.settings.till.logo;
  if (!file.empty()) {
    const std::filesystem::path data = std::filesystem::path(scene.pictures_folder).parent_path();
    logo.path = (data / file).string();
  }
  return logo;
}

std::int64_t text_percent(const core::Snapshot& till) {
  const bool has_own = till.cashier && till.cashier->text_percent > 0;
  return has_own ? till.cashier->text_percent : till.settings.till.text_percent;
}

bool is_left_handed(const core::Snapshot& till) {
  const bool has_own = till.cashier && !till.cashier->hand.empty();
  return (has_own ? till.cashier->hand : till.settings.till.hand) == "left";
}

}  // namespace pos
