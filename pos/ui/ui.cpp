#include "pos/ui/ui.h"

#include <SDL.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <utility>

#include "core/base/ensure.h"
#include "pos/ui/shapes.h"

namespace pos::ui {
std::string_view label_of(std::string_view text) {
  return text.substr(0, text.find("##"));
}

std::string_view id_of(std::string_view text) {
  const std::size_t mark = text.find("##");
  return mark == std::string_view::npos ? std::string_view{} : text.substr(mark + 2);
}

Ui::Ui(Fonts& fonts, Pictures& pictures) : fonts_(fonts), painter_(fonts), pictures_(pictures) {
  imgui_ = ImGui::CreateContext();
  ImGui::SetCurrentContext(imgui_);
  ImGuiIO& io = ImGui::GetIO();
  if (SDL_WasInit(SDL_INIT_VIDEO) != 0) {  // without a window ImGui keeps a clipboard of its own
    io.SetClipboardTextFn = [](void*, const char* text) { SDL_SetClipboardText(text); };
    io.GetClipboardTextFn = [](void*) {
      static std::string held;
      char* text = SDL_GetClipboardText();
      held = text != nullptr ? text : "";
      SDL_free(text);
      return held.c_str();
    };
  }
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  // ImGui wants a font of its own; our text never uses it.
  static const ImWchar few[] = {' ', '?', 0};
  ImFontConfig config;
  config.GlyphRanges = few;
  io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
  io.Fonts->AddFontDefault(&config);
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
  ImGui::GetStyle().AntiAliasedLinesUseTex = false;
}

Ui::~Ui() {
  ImGui::DestroyContext(imgui_);
}

void Ui::begin(Frame frame) {
  ImGui::SetCurrentContext(imgui_);
  const bool was_down = frame_.input.is_down;
  step_ = std::clamp(frame.seconds - frame_.seconds, 0.0, 0.1);
  frame_ = std::move(frame);
  frame_.look.scale = std::clamp(frame_.look.scale, .5F, 4.F);
  frame_.look.text_scale = std::clamp(frame_.look.text_scale, .75F, 2.F);
  deal_strokes();
  walk_on();
  const FrameInput& input = frame_.input;
  const bool takes_in = !input.strokes.empty() || input.wheel != 0 || input.is_down != was_down;
  ++frame_number_;
  width_ = static_cast<int>(static_cast<float>(frame_.width) / frame_.look.scale);
  height_ = static_cast<int>(static_cast<float>(frame_.height) / frame_.look.scale);

  fonts_.begin_frame();
  pictures_.begin_frame();
  const Texture& atlas = fonts_.atlas();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(frame_.width), static_cast<float>(frame_.height)};
  io.DeltaTime = std::max(static_cast<float>(step_), 1e-4F);
  // Plain shapes are drawn with the white texel of our own atlas.
  io.Fonts->TexUvWhitePixel = {1.5F / static_cast<float>(atlas.width),
                               1.5F / static_cast<float>(atlas.height)};
  io.Fonts->SetTexID(const_cast<Texture*>(&atlas));
  ImGui::NewFrame();
  painter_.begin(ImGui::GetBackgroundDrawList(), &ui::theme(frame_.look.appearance),
                 frame_.look.scale);

  log_.clear();
  refused_.reset();
  wants_frame_ = takes_in;
  first_focus_ = focus_;
  clips_.assign(1, {0, 0, frame_.width, frame_.height});
  grounds_.clear();
  sheet_title_ = {};
  finger_.begin_frame(frame_.input, frame_.seconds, frame_.look.scale);
  painter_.fill({0, 0, frame_.width, frame_.height}, colour(Colour::bg));
}

const ImDrawData& Ui::end() {
  ENSURE(finger_.is_balanced() && clips_.size() == 1);
  // A Tab that no screen has taken begins the walk, and goes on with it.
  if (const auto tab = take_stroke(Key::tab)) stand_on(walk_.step(Key::tab, tab->shift, focus_));
  if (const Walk::Stop* stop = walk_.stop()) {
    // Around the item, but never beyond the window.
    const int x = std::max(0, stop->rect.x - 2), y = std::max(0, stop->rect.y - 2);
    const int right = std::min(width_, stop->rect.right() + 2);
    const int bottom = std::min(height_, stop->rect.bottom() + 2);
    outline(*this, {x, y, right - x, bottom - y}, Colour::accent, 3, measure::radius + 2);
  }
  finger_.end_frame();
  if (focus_ != first_focus_) wants_frame_ = true;
  std::erase_if(scrolls_, [&](const auto& entry) {
    return entry.second.used_in + 600 < frame_number_;  // of screens long left
  });
  ImGui::Render();
  return *ImGui::GetDrawData();
}

bool Ui::wants_frame() const {
  return wants_frame_ || finger_.is_waiting() || pictures_.is_waiting() || !typed_.empty() ||
         !waiting_.empty() || fonts_.is_full();
}

// Who stands on an item walks on with the arrows and taps it with Enter, before any
// screen sees these keys. In a text field they are the field's.
void Ui::walk_on() {
  walk_taps_ = false;
  if (frame_.input.is_down) walk_.leave();
  if (const Walk::Stop* stop = walk_.stop(); stop != nullptr && stop->field.empty()) {
    walk_taps_ = take_stroke(Key::enter).has_value();
    for (const Key key : {Key::left, Key::right, Key::up, Key::down}) {
      if (take_stroke(key)) stand_on(walk_.step(key, false, focus_));
    }
  }
  walk_.begin_frame();
}

void Ui::stand_on(const Walk::Stop* stop) {
  focus_ = stop != nullptr ? stop->field : "";
  wants_frame_ = true;
}

// What this frame sees of the keys, oldest first: one key, or letters.
void Ui::deal_strokes() {
  std::vector<Stroke> all = std::exchange(typed_, {});
  const auto append = [&all](std::vector<Stroke>& more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
    more.clear();
  };
  append(waiting_);
  append(frame_.input.strokes);
  const auto is_key = [](const Stroke& stroke) { return stroke.text.empty(); };
  auto end = std::find_if(all.begin(), all.end(), is_key);
  if (end == all.begin() && end != all.end()) ++end;
  std::move(end, all.end(), std::back_inserter(waiting_));
  all.erase(end, all.end());
  frame_.input.strokes = std::move(all);
}

std::optional<Stroke> Ui::take_key(Key key) {
  if (key == Key::none || finger_.is_under_sheet()) return {};
  return take_stroke(key);
}

std::optional<Stroke> Ui::take_stroke(Key key) {
  auto& strokes = frame_.input.strokes;
  const auto found = std::find_if(strokes.begin(), strokes.end(),
                                  [&](const Stroke& stroke) { return stroke.key == key; });
  if (found == strokes.end()) return {};
  Stroke stroke = std::move(*found);
  strokes.erase(found);
  return stroke;
}

std::string Ui::take_text() {
  if (finger_.is_under_sheet()) return {};
  std::string text;
  for (const Stroke& stroke : frame_.input.strokes) text += stroke.text;
  std::erase_if(frame_.input.strokes, [](const Stroke& stroke) { return !stroke.text.empty(); });
  return text;
}

int Ui::pixels(int base) const {
  return static_cast<int>(std::floor(static_cast<float>(base) * frame_.look.scale + .5F));
}

PixelRect Ui::pixels(const Rect& r) const {
  return {pixels(r.x), pixels(r.y), pixels(r.right()), pixels(r.bottom())};
}

int Ui::text_pixels(Size size) const {
  const float scale = frame_.look.scale * frame_.look.text_scale;
  return static_cast<int>(std::lround(static_cast<float>(pixels_of(size)) * scale));
}

int Ui::line_pixels(Size size) const {
  const float scale = frame_.look.scale * frame_.look.text_scale;
  return static_cast<int>(std::lround(static_cast<float>(line_height_of(size)) * scale));
}

int Ui::to_base(float px) const {
  return static_cast<int>(std::ceil(px / frame_.look.scale));
}

void Ui::note(const PixelRect& rect, std::string_view label, ItemKind kind, bool enabled,
              bool selected) {
  log_.add({std::string(label_of(label)), std::string(id_of(label)), kind,
            intersection(rect, clips_.back()), enabled, selected, finger_.layer()});
}

Touch Ui::touch(const Rect& rect, std::string_view label, ItemKind kind, bool enabled,
                bool selected, std::string_view why_not) {
  const PixelRect area = pixels(rect);
  note(area, label, kind, enabled, selected);
  const std::string_view name = id_of(label).empty() ? label : id_of(label);
  const std::uint64_t kind_number = static_cast<std::uint64_t>(kind) + 1;
  const std::uint64_t widget =
      (std::hash<std::string_view>{}(name) ^ (kind_number * 0x9E3779B97F4A7C15ULL)) | 1;
  const PixelRect visible = intersection(area, clips_.back());
  Touch touch = finger_.touch(area, visible, widget);
  // Keys of a pad are no stops: who has a keyboard types.
  const bool can_stop =
      enabled && kind != ItemKind::key && !is_passed_over_ && !finger_.is_under_sheet();
  if (can_stop && !visible.is_empty()) {
    const bool is_field = kind == ItemKind::field;
    const Rect seen{to_base(static_cast<float>(visible.x0)),
                    to_base(static_cast<float>(visible.y0)),
                    to_base(static_cast<float>(visible.x1 - visible.x0)),
                    to_base(static_cast<float>(visible.y1 - visible.y0))};
    const bool is_here =
        walk_.pass(widget, seen, is_field ? std::string(id_of(label)) : std::string());
    if (is_here && walk_taps_) touch.is_tapped = true;
  }
  if (touch.is_held) ask_for_frame();  // the screen reacts, and the finger may rest on
  if (enabled) return touch;
  if (touch.is_tapped) refuse(why_not);
  return {};
}

Ground Ui::ground_at(const Rect& rect) const {
  const int x = rect.x + rect.w / 2, y = rect.y + rect.h / 2;
  for (auto laid = grounds_.rbegin(); laid != grounds_.rend(); ++laid)
    if (x >= laid->rect.x && x < laid->rect.right() && y >= laid->rect.y && y < laid->rect.bottom())
      return laid->ground;
  return Ground::bg;
}

void Ui::push_clip(const Rect& rect) {
  const PixelRect clip = intersection(pixels(rect), clips_.back());
  clips_.push_back(clip.is_empty() ? PixelRect{} : clip);
  painter_.push_clip(clips_.back());
}

void Ui::pop_clip() {
  clips_.pop_back();
  painter_.pop_clip();
}

Ui::Scroll& Ui::scroll(std::string_view id) {
  auto found = scrolls_.find(id);
  if (found == scrolls_.end()) found = scrolls_.emplace(std::string(id), Scroll{}).first;
  found->second.used_in = frame_number_;
  return found->second;
}

bool Ui::begin_drag(const Rect& rect, bool horizontal) {
  return finger_.begin_drag(pixels(rect), clips_.back(), horizontal);
}

float Ui::wheel_in(const Rect& rect) {
  const FrameInput& in = frame_.input;
  const PixelRect area = intersection(pixels(rect), clips_.back());
  if (in.wheel == 0 || !holds(area, in.x, in.y) || !finger_.is_reachable(in.x, in.y)) return 0;
  const float lines = frame_.input.wheel;
  frame_.input.wheel = 0;
  return lines;
}

}  // namespace pos::ui
