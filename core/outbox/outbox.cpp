#include "core/outbox/outbox.h"

#include <array>

namespace core {

std::string_view word(OutboxKind kind) {
  static constexpr std::array<std::string_view, stored_count<OutboxKind>> words{
      "push order",
      "mail receipt",
      "capture",
      "void authorization",
      "add payment",
      "fulfil",
      "refund",
      "archive",
      "reopen",
      "cancel",
      "adjust stock",
      "mail new order",
      "mail confirmation",
      "mail fulfilled",
      "mail ready",
      "mail downloads",
      "mail expiring",
      "mail fulfilment service",
      "mail Z report"};
  return words[static_cast<std::size_t>(kind)];
}

bool is_mail(OutboxKind kind) {
  return kind == OutboxKind::mail_receipt || kind >= OutboxKind::mail_new_order;
}

std::string_view word(OutboxState state) {
  static constexpr std::array<std::string_view, stored_count<OutboxState>> words{
      "waiting", "sending", "done", "refused", "unclear"};
  return words[static_cast<std::size_t>(state)];
}

}  // namespace core
