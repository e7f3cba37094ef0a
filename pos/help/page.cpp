#include "pos/help/page.h"

#include <md4c.h>

#include <algorithm>

namespace pos {

namespace {

// Takes what md4c finds, one thing after the other.
class PageReader {
 public:
  void enter(MD_BLOCKTYPE type, const void* detail) {
    switch (type) {
      case MD_BLOCK_H:
        begin({.kind = HelpKind::heading,
               .level = static_cast<int>(static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level)});
        break;
      case MD_BLOCK_P:
        // An item's first paragraph is the item.
        if (lists_.empty()) {
          begin({.kind = HelpKind::paragraph});
        } else if (!block_ || !block_->runs.empty()) {
          begin({.kind = HelpKind::item, .level = depth()});
        }
        break;
      case MD_BLOCK_UL:
        lists_.push_back({});
        break;
      case MD_BLOCK_OL:
        lists_.push_back({true, static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start});
        break;
      case MD_BLOCK_LI:
        begin({.kind = HelpKind::item, .level = depth(), .mark = next_mark()});
        break;
      case MD_BLOCK_THEAD:
        is_head_ = true;
        break;
      case MD_BLOCK_TR:
        begin({.kind = HelpKind::row, .is_head = is_head_});
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        if (block_) block_->cells.emplace_back();
        break;
      default:
        break;
    }
  }

  void leave(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        finish();
        lists_.pop_back();
        break;
      case MD_BLOCK_THEAD:
        is_head_ = false;
        break;
      case MD_BLOCK_H:
      case MD_BLOCK_P:
      case MD_BLOCK_LI:
      case MD_BLOCK_TR:
        finish();
        break;
      default:
        break;
    }
  }

  void enter(MD_SPANTYPE type, const void* detail) {
    if (type == MD_SPAN_STRONG) ++strong_;
    if (type == MD_SPAN_IMG) ++pictures_;
    if (type == MD_SPAN_A) {
      const auto& href = static_cast<const MD_SPAN_A_DETAIL*>(detail)->href;
      follow({href.text, href.size});
    }
  }
  void leave(MD_SPANTYPE type) {
    if (type == MD_SPAN_STRONG) --strong_;
    if (type == MD_SPAN_IMG) --pictures_;
    if (type == MD_SPAN_A) link_.reset();
  }

  void say(MD_TEXTTYPE type, std::string_view text) {
    if (pictures_ > 0 || type == MD_TEXT_HTML) return;
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) text = " ";
    if (!block_) begin({});
    const bool is_cell = block_->kind == HelpKind::row && !block_->cells.empty();
    HelpRuns& runs = is_cell ? block_->cells.back() : block_->runs;
    const HelpRun like{"", strong_ > 0, link_};
    const bool goes_on =
        !runs.empty() && runs.back().is_strong == like.is_strong && runs.back().link == like.link;
    if (!goes_on) runs.push_back(like);
    runs.back().text += text;
  }

  HelpPage take() {
    finish();
    return std::move(page_);
  }

 private:
  struct List {
    bool is_counted = false;
    unsigned next = 0;
  };

  int depth() const { return static_cast<int>(lists_.size()); }
  std::string next_mark() {
    if (lists_.empty() || !lists_.back().is_counted) return "•";
    return std::to_string(lists_.back().next++) + ".";
  }

  void begin(HelpBlock block) {
    finish();
    block_ = std::move(block);
  }

  // A block without a word was a picture.
  void finish() {
    if (!block_) return;
    const bool is_empty = block_->runs.empty() && block_->cells.empty();
    if (!is_empty && block_->kind == HelpKind::heading && page_.title.empty()) {
      for (const HelpRun& run : block_->runs) page_.title += run.text;
    } else if (!is_empty) {
      page_.blocks.push_back(std::move(*block_));
    }
    block_.reset();
  }

  // "paying.md", or "paying.md#cards".
  void follow(std::string_view href) {
    const auto end = href.find(".md");
    link_ = end == href.npos ? std::nullopt : help_topic_from(href.substr(0, end));
    if (!link_) {
      page_.dead.emplace_back(href);
    } else if (std::ranges::count(page_.links, *link_) == 0) {
      page_.links.push_back(*link_);
    }
  }

  HelpPage page_;
  std::optional<HelpBlock> block_;
  std::vector<List> lists_;
  bool is_head_ = false;
  int strong_ = 0, pictures_ = 0;
  std::optional<HelpTopic> link_;
};

PageReader& reader_of(void* user) {
  return *static_cast<PageReader*>(user);
}

}  // namespace

HelpPage read_help(std::string_view markdown) {
  PageReader reader;
  MD_PARSER parser{};
  parser.flags = MD_FLAG_TABLES | MD_FLAG_NOHTML;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
    reader_of(user).enter(type, detail);
    return 0;
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* user) {
    reader_of(user).leave(type);
    return 0;
  };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* user) {
    reader_of(user).enter(type, detail);
    return 0;
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* user) {
    reader_of(user).leave(type);
    return 0;
  };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
    reader_of(user).say(type, {text, size});
    return 0;
  };
  md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &reader);
  return reader.take();
}

}  // namespace pos
