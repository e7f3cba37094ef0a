#include "pos/screens/parts/order_words.h"

#include <algorithm>

#include "pos/screens/parts/order_steps.h"
#include "pos/screens/parts/platform_words.h"
#include "pos/ui/format.h"

namespace pos {
namespace {

bool is_same_day(const core::LocalTime& a, const core::LocalTime& b) {
  return a.year == b.year && a.month == b.month && a.day == b.day;
}

}  // namespace

core::LocalTime shop_time(core::Instant instant, const Scene& scene) {
  return core::local_time(instant, scene.till.settings.shop.time_zone);
}

std::string short_time(core::Instant instant, const Scene& scene) {
  const core::LocalTime time = shop_time(instant, scene);
  if (is_same_day(time, scene.now)) return time_text(time);
  const Language language = scene.words.language();
  if (time.year != scene.now.year) return date_text(time, language);
  const std::string day = day_text(time, language);
  const std::size_t comma = day.find(", ");
  return comma == std::string::npos ? day : day.substr(comma + 2);
}

std::string full_time(core::Instant instant, const Scene& scene) {
  const core::LocalTime time = shop_time(instant, scene);
  const std::string clock = time_text(time);
  if (is_same_day(time, scene.now)) return scene.words.fill("today {}", {clock});
  const core::LocalTime eve = shop_time(scene.instant - std::chrono::hours(24), scene);
  if (is_same_day(time, eve)) return scene.words.fill("yesterday {}", {clock});
  const Language language = scene.words.language();
  const bool is_this_year = time.year == scene.now.year;
  return (is_this_year ? day_text(time, language) : date_text(time, language)) + " " + clock;
}

std::string_view receipt_name(core::ReceiptKind kind) {
  if (kind == core::ReceiptKind::deposit) return "Deposit receipt";
  if (kind == core::ReceiptKind::refund) return "Refund receipt";
  if (kind == core::ReceiptKind::cash_movement) return "Cash movement";
  if (kind == core::ReceiptKind::x_report) return "X report";
  if (kind == core::ReceiptKind::aborted) return "Cart given up";
  if (kind == core::ReceiptKind::z_report) return "Z report";
  if (kind == core::ReceiptKind::training) return "Training: no receipt";
  return kind == core::ReceiptKind::balance ? "Balance receipt" : "Sales receipt";
}

std::string reason_text(std::string_view reason, const Words& words) {
  // Sentences of our own may have a colon in them.
  const std::string_view known = words(reason);
  if (known != reason) return std::string(known);
  if (auto filled = filled_sentence(reason, words)) return *filled;
  const std::size_t colon = reason.find(": ");
  if (colon == std::string_view::npos) return std::string(words(reason));
  const std::string pattern = std::string(reason.substr(0, colon)) + ": {}";
  return fill_braces(words(pattern), {reason.substr(colon + 2)});
}

std::string tender_name(const core::Payment& payment, const Words& words) {
  switch (payment.tender) {
    case core::Tender::cash:
      return std::string(words("Cash"));
    case core::Tender::card:
      return payment.reference.empty() ? std::string(words("Card")) : payment.reference;
    case core::Tender::gift_card:
      return std::string(words("Gift card")) +
             (payment.reference.empty() ? "" : " " + payment.reference);
    case core::Tender::other:
      return payment.label.empty() ? std::string(words("Other")) : payment.label;
  }
  return {};
}

Expiry expiry_text(const core::OrderDetail& detail, const Scene& scene) {
  const OrderSteps steps = steps_of(detail);
  const Words& words = scene.words;
  if (steps.expires == core::Instant{}) return {};
  const std::string day = day_text(shop_time(steps.expires, scene), words.language());
  if (detail.payment == "expired" || steps.expires <= scene.instant) {
    if (steps.capturable.minor <= 0 && detail.payment != "expired") return {};
    return {words.fill("The authorisation lapsed on {}.", {day}), ui::State::bad};
  }
  if (steps.capturable.minor <= 0) return {};
  const auto left = steps.expires - scene.instant;
  const auto days = std::chrono::duration_cast<std::chrono::hours>(left).count() / 24;
  if (days < 1) {
    return {
        words.fill("Expires {}: capture it today", {time_text(shop_time(steps.expires, scene))}),
        ui::State::bad};
  }
  std::string text =
      words.fill("Expires {}", {day}) + " · " + words.fill("{} day left", "{} days left", days);
  return {std::move(text), days < 3 ? ui::State::bad : ui::State::warn};
}

std::string work_text(std::string_view work, const Words& words) {
  const std::size_t blank = work.find(' ');
  const bool has_number = !work.empty() && work.front() >= '0' && work.front() <= '9';
  if (!has_number || blank == std::string_view::npos) return std::string(words(work));
  std::string number(work.substr(0, blank));
  if (words.language() == Language::german) std::replace(number.begin(), number.end(), ',', '.');
  const std::string pattern = "{}" + std::string(work.substr(blank));
  return fill_braces(words(pattern), {number});
}

std::string joined_sentences(std::string first, std::string_view second) {
  if (first.empty() || second.empty()) return first + std::string(second);
  if (first.find_last_of(".!?") != first.size() - 1) first += '.';
  return first + " " + std::string(second);
}

std::string symbol_of(core::Currency currency) {
  if (currency == core::eur) return "€";
  if (currency == core::usd) return "$";
  return std::string(currency.text());
}

}  // namespace pos
