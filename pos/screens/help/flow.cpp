#include "pos/screens/help/flow.h"

#include "pos/screens/parts/page.h"

namespace pos {

namespace {

// Letters between two blanks that look alike; `is_glued`: no blank stands before it.
struct FlowWord {
  std::string_view text;
  ui::Weight weight = ui::Weight::regular;
  std::optional<HelpTopic> link = {};
  bool is_glued = false;
};

std::vector<FlowWord> words_of(const HelpRuns& runs, const FlowStyle& style) {
  std::vector<FlowWord> words;
  bool is_glued = false;
  for (const HelpRun& run : runs) {
    std::string_view rest = run.text;
    while (!rest.empty()) {
      const std::size_t blank = rest.find(' ');
      const std::string_view word = rest.substr(0, blank);
      if (!word.empty()) {
        words.push_back({word, run.is_strong ? ui::Weight::semibold : style.weight, run.link,
                         is_glued && !words.empty()});
      }
      is_glued = blank == rest.npos;
      rest.remove_prefix(is_glued ? rest.size() : blank + 1);
    }
  }
  return words;
}

class Flowing {
 public:
  Flowing(ui::Ui& ui, int width, const FlowStyle& style)
      : ui_(ui), width_(width), size_(style.size), blank_(ui::text_width(ui, " ", style.size)) {}

  // `words` from `begin` to `end` stay together.
  void add(const std::vector<FlowWord>& words, std::size_t begin, std::size_t end) {
    int needed = x_ == 0 ? 0 : blank_;
    for (std::size_t i = begin; i < end; ++i) needed += width_of(words[i].text, words[i].weight);
    if (x_ > 0 && x_ + needed > width_) {
      x_ = 0;
      ++line_;
    }
    for (std::size_t i = begin; i < end; ++i) put(words[i], i == begin && x_ > 0);
  }

  Flow take() {
    flow_.lines = flow_.pieces.empty() ? 0 : line_ + 1;
    return std::move(flow_);
  }

 private:
  int width_of(std::string_view text, ui::Weight weight) {
    return ui::text_width(ui_, text, size_, weight);
  }

  // Goes on in the piece before it where both look alike, so that it is set as one.
  void put(const FlowWord& word, bool has_blank) {
    if (!flow_.pieces.empty()) {
      FlowPiece& last = flow_.pieces.back();
      if (last.line == line_ && last.weight == word.weight && last.link == word.link) {
        if (has_blank) last.text += ' ';
        last.text += word.text;
        last.width = width_of(last.text, last.weight);
        x_ = last.x + last.width;
        return;
      }
    }
    if (has_blank) x_ += blank_;
    const int width = width_of(word.text, word.weight);
    flow_.pieces.push_back({std::string(word.text), x_, width, line_, word.weight, word.link});
    x_ += width;
  }

  ui::Ui& ui_;
  int width_;
  ui::Size size_;
  int blank_, x_ = 0, line_ = 0;
  Flow flow_;
};

}  // namespace

Flow flow(ui::Ui& ui, int width, const HelpRuns& runs, const FlowStyle& style) {
  const std::vector<FlowWord> words = words_of(runs, style);
  Flowing flowing(ui, width, style);
  for (std::size_t begin = 0; begin < words.size();) {
    std::size_t end = begin + 1;
    while (end < words.size() && words[end].is_glued) ++end;
    flowing.add(words, begin, end);
    begin = end;
  }
  return flowing.take();
}

std::optional<HelpTopic> draw(ui::Ui& ui, int x, int y, const Flow& flow, const FlowStyle& style) {
  std::optional<HelpTopic> tapped;
  const int height = line_height(ui, style.size);
  for (const FlowPiece& piece : flow.pieces) {
    const ui::Rect at{x + piece.x, y + piece.line * height, piece.width + 1, height};
    ui::Colour colour = ui::Colour::text;
    if (piece.link) {
      colour = ui::Colour::accent_text;
      const std::string name = piece.text + "##help-link-" + std::string(word(*piece.link));
      if (ui.touch(at, name, ui::ItemKind::entry).is_tapped) tapped = piece.link;
    }
    ui::text(ui, at, piece.text, {.size = style.size, .weight = piece.weight, .colour = colour});
  }
  return tapped;
}

}  // namespace pos
