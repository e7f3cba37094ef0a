// How the mails of an order read, one after the other and in each language, and
// the address that a test mail goes to. UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/screens/parts/sheet.h"
#include "pos/screens/parts/text_sheet.h"
#include "sync/mail/message.h"

namespace pos {

struct MailsInput {
  std::size_t kind = 0;
  Language language = Language::german;
  // Read when the sheet is opened or another mail is chosen, not for each frame.
  std::optional<syncing::MailContent> mail;
};
MailsInput open_mails(const Scene& scene);

struct MailsView {
  std::string title, close, subject, text;
  std::vector<std::string> kinds, languages;
  std::size_t kind = 0, language = 0;
  friend bool operator==(const MailsView&, const MailsView&) = default;
};

struct MailsTap {
  bool is_closed = false;
  std::optional<int> kind = {}, language = {};
  bool is_any() const { return is_closed || kind || language; }
};

MailsView present(const Scene& scene, const MailsInput& input);
MailsTap draw(ui::Ui& ui, const MailsView& view);
// Whether the sheet is done with.
bool react(const MailsTap& tap, const Scene& scene, MailsInput& input);

// A test mail: the sheet that asks for its address.
TextSheetView mail_trial_sheet(const Scene& scene, const TextSheetInput& input);
// What became of it; empty: none was sent.
std::string mail_trial_words(const Scene& scene);

}  // namespace pos
