// Sends the receipt of an order by e-mail, once more or for the first time: a
// sheet that asks for the address.
#pragma once

#include "pos/desk/scene.h"

namespace pos {

struct MailInput {
  bool is_open = false;
  std::string email;
};

struct MailView {
  std::string title, explanation, hint, send, cancel;
  bool has_error = false;
  std::string why_not;  // empty: it can be sent
  friend bool operator==(const MailView&, const MailView&) = default;
};

enum class MailTap : std::uint8_t { none, send, cancel };

MailView present(const Scene& scene, const core::Order& order, const MailInput& input);
MailTap draw(ui::Ui& ui, const MailView& view, MailInput& input);
Reaction react(MailTap tap, const Scene& scene, core::OrderId order, MailInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, const core::Order& order, MailInput& input);

}  // namespace pos
