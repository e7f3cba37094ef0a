// What was said between us and the server, and what follows from it for the
// mail. Pure: fed with what libcurl reports.
#pragma once

#include <curl/curl.h>

#include <string>
#include <string_view>

#include "sync/base/answer.h"

namespace syncing {

class SmtpDialogue {
 public:
  // A command of ours. Only its verb is looked at: AUTH carries the password.
  void we_said(std::string_view command);
  // One line of an answer, with its number: "550 5.1.1 No such user".
  void server_said(std::string_view line);
  // The whole text has been handed over.
  void text_was_sent() { text_sent_ = true; }

  // The fate of the mail when libcurl ended with `code`; `trouble` is what
  // libcurl says about it.
  Answer answer(CURLcode code, std::string_view trouble) const;

 private:
  enum class Phase { before_recipient, recipient, text };

  Phase phase_ = Phase::before_recipient;
  bool text_sent_ = false;
  int number_ = 0;          // of the last answer
  std::string words_;       // of the last answer
  bool continued_ = false;  // more lines of it follow
};

}  // namespace syncing
